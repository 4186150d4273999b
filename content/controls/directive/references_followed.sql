-- Every document the order refers to (every one in the register where it names none): received, in
-- hand or done, and somebody checked lately that it is followed.
with ref as (select value as number, replace(fold_vi(value), ' ', '') as key from json_each(:refs)),
judged as (
  select fact_id, number as subject, reviewed_on as observed,
         case when state = 'not_started' then 'reason.register.order_not_started' end as bad,
         case when state is null then 'reason.register.state_not_stated'
              when reviewed_on is null then 'reason.register.order_not_reviewed'
              when reviewed_on > :as_of_on then 'reason.date_in_future'
              when add_period(day_start(reviewed_on), :max_age) < day_start(:as_of_on)
              then 'reason.register.order_not_reviewed' end as doubt
  from order_log o
  where not exists (select key from ref)
        or exists (select 1 from ref where ref.key = replace(fold_vi(o.number), ' ', '')))
select fact_id as fact, subject, observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.reference_not_listed'
from ref
where not exists (select 1 from order_log o where replace(fold_vi(o.number), ' ', '') = ref.key)
