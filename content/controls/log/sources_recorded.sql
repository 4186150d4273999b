-- Every source of logs that must speak: spoke within the period, and arrives at a central place.
-- What a register says of logs is not the logs, so a pass alone does not decide.
with judged as (
  select fact_id, source as subject, last_seen_at,
         case when add_period(last_seen_at, :max_gap) < day_start(:as_of_on)
              then 'reason.register.source_silent'
              when central = 0 then 'reason.register.not_central' end as bad,
         case when last_seen_at is null then 'reason.register.no_last_record'
              when last_seen_at > :as_of then 'reason.date_in_future'
              when central is null then 'reason.register.central_not_stated' end as doubt
  from log_source)
select fact_id as fact, subject, last_seen_at as observed_at,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
