-- Every leaked account or address that is recorded: its password was changed on the day or later
-- and the leak was reported. A register without leaks does not show that somebody looked for them.
with judged as (
  select fact_id, coalesce(subject, case_name) as subject, password_changed_on as observed,
         case when password_changed_on is null then 'reason.register.password_not_changed'
              when days_between(detected_at, day_start(password_changed_on)) < 0
              then 'reason.register.password_not_changed'
              when reported_at is null then 'reason.register.case_not_reported' end as bad,
         case when password_changed_on > :as_of_on then 'reason.date_in_future' end as doubt
  from incident_case where kind = 'leaked_account')
select fact_id as fact, subject, observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
