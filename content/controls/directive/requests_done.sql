-- Every request to act: acknowledged within the hours, done by its day. A time of day only written
-- as a date is read in favour of the unit.
with judged as (
  select fact_id, request as subject, received_at, acknowledged_at, due_on, done_at,
         acknowledged_at_precision = 'day' as by_day,
         case when acknowledged_at is null and done_at is null
                   and received_at + :within_hours * 3600000 < :as_of
              then 'reason.register.not_acknowledged'
              when case when received_at_precision = 'day' or acknowledged_at_precision = 'day'
                        then days_between(received_at, acknowledged_at)
                             > (:within_hours + 23) / 24
                        else acknowledged_at > received_at + :within_hours * 3600000 end
              then 'reason.register.acknowledged_late'
              when done_at is null and due_on < :as_of_on then 'reason.register.request_overdue'
              when done_at > day_end(due_on) then 'reason.register.done_late' end as bad,
         case when done_at > :as_of then 'reason.date_in_future'
              when done_at is null then 'reason.register.request_open' end as doubt
  from act_request)
select fact_id as fact, subject,
       case bad when 'reason.register.not_acknowledged' then substr(local_time(received_at), 7)
                when 'reason.register.acknowledged_late'
                then substr(local_time(acknowledged_at), case when by_day then 7 else 1 end)
                when 'reason.register.request_overdue' then due_on
                else substr(local_time(done_at), 7) end as observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
