-- Every system that is important or of a grade the order names: each layer stands on a paper that
-- is dated and still in force. A system without a grade that nobody calls important cannot be
-- placed.
with asked as (select value as layer from json_each(:layers)),
chosen as (
  select fact_id, name,
         case when importance = 'important'
                   or exists (select 1 from json_each(:grades) g where g.value = security_grade)
              then 1
              when security_grade is not null then 0 end as counts
  from system),
held as (
  select c.fact_id, a.layer,
         max(case when l.paper is null or l.valid_until_on < :as_of_on or l.paper_on > :as_of_on
                  then 0
                  when l.paper_on is null then 1 else 2 end) as held
  from chosen c join asked a
       left join system_layer l on fold_vi(l.system) = fold_vi(c.name) and l.layer = a.layer
  group by c.fact_id, a.layer),
summed as (
  select fact_id, min(held) as least,
         group_concat(case when held = 0 then layer end, ', ') as lacking
  from (select * from held order by fact_id, layer) group by fact_id)
select c.fact_id as fact, c.name as subject, case when counts = 1 then s.lacking end as observed,
       case when counts = 0 then 'not_applicable' when counts is null then 'unknown'
            when s.least = 0 then 'fail' when s.least = 1 then 'unknown' else 'pass' end as result,
       case when counts = 0 then null when counts is null then 'reason.register.no_grade'
            when s.least = 0 then 'reason.register.layer_without_paper'
            when s.least = 1 then 'reason.register.paper_without_date' end as reason
from chosen c join summed s on s.fact_id = c.fact_id
