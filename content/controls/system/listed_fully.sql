-- Every system that is important or serves the leadership: owner, operator and protection plan are
-- known. A register without one such system is no answer: somebody has to say which they are.
with judged as (
  select fact_id, name as subject, protection_plan as observed,
         importance = 'important' or coalesce(serves_leadership, 0) = 1 as counts,
         case when owned_by is null then 'reason.register.no_owner'
              when operated_by is null then 'reason.register.no_operator'
              when protection_plan is null then 'reason.register.no_protection_plan' end as bad
  from system)
select fact_id as fact, subject, observed,
       case when counts = 0 then 'not_applicable' when bad is not null then 'fail'
            else 'pass' end as result,
       case when counts = 1 then bad end as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_important_system'
where not exists (select 1 from judged where counts = 1)
