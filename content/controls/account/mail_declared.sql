-- Everybody in service: declares no use of the official address outside work. One's own word does
-- not prove it, so a pass alone does not decide; a yes is believed.
with named as (
  select fold_vi(full_name) as name, min(staff_key) as staff_key,
         count(distinct staff_key) as people
  from staff group by fold_vi(full_name)),
said as (
  select coalesce(c.staff_key, case when n.people = 1 then n.staff_key end) as staff_key,
         c.declared_on, c.outside_use
  from mail_declaration c left join named n on n.name = fold_vi(c.person)),
newest as (
  select *, row_number() over (partition by staff_key order by coalesce(declared_on, '') desc,
                               coalesce(outside_use, 0) desc) as place from said)
select s.fact_id as fact, s.full_name as subject, d.declared_on as observed,
       case when s.status in ('left', 'transferred') and coalesce(s.status_on, '') <= :as_of_on
            then 'not_applicable'
            when d.outside_use = 1 then 'fail'
            when d.outside_use is null or d.declared_on is null or d.declared_on > :as_of_on
                 or add_period(day_start(d.declared_on), :max_age) < day_start(:as_of_on)
            then 'unknown'
            else 'pass' end as result,
       case when s.status in ('left', 'transferred') and coalesce(s.status_on, '') <= :as_of_on
            then null
            when d.outside_use = 1 then 'reason.register.outside_use'
            when d.outside_use is null or d.declared_on is null
            then 'reason.register.not_declared'
            when d.declared_on > :as_of_on then 'reason.date_in_future'
            when add_period(day_start(d.declared_on), :max_age) < day_start(:as_of_on)
            then 'reason.register.declaration_old' end as reason
from staff s left join newest d on d.staff_key = s.staff_key and d.place = 1
