-- Every request for support: settled, or still in time with somebody who follows it.
with judged as (
  select fact_id, number as subject, due_on as observed, done_on,
         case when done_on is null and due_on < :as_of_on then 'reason.register.request_overdue'
              when done_on is null and handler is null then 'reason.register.no_handler' end as bad,
         case when done_on > :as_of_on or sent_on > :as_of_on then 'reason.date_in_future'
              when done_on is null and due_on is null then 'reason.register.no_due_date'
              end as doubt
  from support_request)
select fact_id as fact, subject, observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
