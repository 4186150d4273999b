-- The newest response plan: approved, numbered, and exercised within the period. Older plans were
-- replaced by it.
with ranked as (
  select *, row_number() over (order by coalesce(decided_on, '') desc, fact_id desc) as place
  from plan where kind = 'response'),
judged as (
  select fact_id, title as subject, tested_on as observed, place,
         case when number is null and approver is null then 'reason.register.plan_not_approved'
              when tested_on is null and not exists (select 1 from collection_table
                              where table_name = 'plan'
                                    and json_extract(gaps, '$.tested_on') is not null)
              then 'reason.register.never_exercised'
              when add_period(day_start(tested_on), :reviewed_within) < day_start(:as_of_on)
              then 'reason.register.exercise_old' end as bad,
         case when decided_on is null then 'reason.register.paper_without_date'
              when decided_on > :as_of_on or tested_on > :as_of_on then 'reason.date_in_future'
              when tested_on is null then 'reason.register.no_column' end as doubt
  from ranked)
select fact_id as fact, subject, observed,
       case when place > 1 then 'not_applicable' when bad is not null then 'fail'
            when doubt is not null then 'unknown' else 'pass' end as result,
       case when place = 1 then coalesce(bad, doubt) end as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_response_plan'
where not exists (select fact_id from judged)
