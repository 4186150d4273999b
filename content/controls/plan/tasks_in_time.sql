-- Every task of the plans the order names (of all plans where it names none): done, or not due yet,
-- which says nothing. A named plan without a task in the register is not known.
with ref as (select value as number, replace(fold_vi(value), ' ', '') as key from json_each(:refs)),
chosen as (
  select fact_id, plan || ': ' || task as subject, due_on, state, done_on
  from plan_task t
  where not exists (select key from ref)
        or exists (select 1 from ref where ref.key = replace(fold_vi(t.plan), ' ', '')))
select fact_id as fact, subject, due_on as observed,
       case when state = 'done' and coalesce(done_on, '') <= :as_of_on then 'pass'
            when due_on is null then 'unknown'
            when due_on < :as_of_on then 'fail' else 'not_applicable' end as result,
       case when state = 'done' and coalesce(done_on, '') <= :as_of_on then null
            when due_on is null then 'reason.register.no_due_date'
            when due_on < :as_of_on then 'reason.register.task_overdue' end as reason
from chosen
union all
select 0, '', null, 'unknown', 'reason.register.plan_without_tasks'
from ref
where not exists (select 1 from plan_task t where replace(fold_vi(t.plan), ' ', '') = ref.key)
