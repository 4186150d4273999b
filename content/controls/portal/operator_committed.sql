-- Every portal: its operator's commitment is in force, and persons are assigned to watch it.
-- Without an end of its own a commitment holds for the period the order or the default states.
with judged as (
  select fact_id, portal as subject, commitment, coalesce(valid_until_on, commitment_on) as held_on,
         case when commitment is null then 'reason.register.no_commitment'
              when valid_until_on < :as_of_on then 'reason.register.commitment_ended'
              when valid_until_on is null
                   and add_period(day_start(commitment_on), :max_age) < day_start(:as_of_on)
              then 'reason.register.commitment_ended'
              when watched_by is null then 'reason.register.nobody_watches' end as bad,
         case when commitment_on is null then 'reason.register.paper_without_date'
              when commitment_on > :as_of_on then 'reason.date_in_future'
              when watch_hours is null then 'reason.register.no_watch_hours' end as doubt
  from portal)
select fact_id as fact, subject,
       case bad when 'reason.register.commitment_ended' then held_on else commitment end as observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
