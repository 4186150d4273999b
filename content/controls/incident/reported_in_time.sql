-- Every incident or leak was reported within the hours. Where one of the two times has no hour,
-- whole days are compared, in favour of the unit.
with judged as (
  select fact_id, case_name as subject, reported_at,
         case when reported_at is null
              then detected_at + :within_hours * 3600000 < :as_of
              when detected_at_precision = 'day' or reported_at_precision = 'day'
              then days_between(detected_at, reported_at) > (:within_hours + 23) / 24
              else reported_at > detected_at + :within_hours * 3600000 end as late
  from incident_case)
select fact_id as fact, subject, reported_at as observed_at,
       case when late = 1 then 'fail'
            when reported_at is null or reported_at > :as_of then 'unknown'
            else 'pass' end as result,
       case when late = 1 and reported_at is null then 'reason.register.case_not_reported'
            when late = 1 then 'reason.register.case_reported_late'
            when reported_at is null then 'reason.register.case_report_due'
            when reported_at > :as_of then 'reason.date_in_future' end as reason
from judged
