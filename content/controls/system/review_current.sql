-- Every system that is important, serves the leadership or has grade 3 or more: its newest review
-- is young enough and left nothing open.
with newest as (
  select fold_vi(system) as name, reviewed_on, open_count,
         row_number() over (partition by fold_vi(system)
                            order by reviewed_on desc, fact_id desc) as place
  from system_review where reviewed_on <= :as_of_on),
judged as (
  select s.fact_id, s.name as subject, n.reviewed_on, n.open_count,
         s.importance = 'important' or coalesce(s.serves_leadership, 0) = 1
           or coalesce(s.security_grade, 0) >= 3 as counts,
         case when n.reviewed_on is null then 'reason.register.never_reviewed'
              when add_period(day_start(n.reviewed_on), :max_age) < day_start(:as_of_on)
              then 'reason.register.review_old'
              when n.open_count > 0 then 'reason.register.findings_open' end as bad,
         case when n.open_count is null then 'reason.register.open_not_stated' end as doubt
  from system s left join newest n on n.name = fold_vi(s.name) and n.place = 1)
select fact_id as fact, subject,
       case bad when 'reason.register.findings_open' then open_count else reviewed_on end as observed,
       case when counts = 0 then 'not_applicable' when bad is not null then 'fail'
            when doubt is not null then 'unknown' else 'pass' end as result,
       case when counts = 1 then coalesce(bad, doubt) end as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_important_system'
where not exists (select 1 from judged where counts = 1)
