-- Everybody in service has signed the commitment on the accounts handed out. A signer is found by
-- staff id, else by a name that only one person has.
with named as (
  select fold_vi(full_name) as name, min(staff_key) as staff_key,
         count(distinct staff_key) as people
  from staff group by fold_vi(full_name)),
signed as (
  select coalesce(c.staff_key, case when n.people = 1 then n.staff_key end) as staff_key,
         min(c.signed_on) as signed_on
  from commitment c left join named n on n.name = fold_vi(c.person)
  where c.signed_on is not null group by 1)
select s.fact_id as fact, s.full_name as subject, g.signed_on as observed,
       case when s.status in ('left', 'transferred') and coalesce(s.status_on, '') <= :as_of_on
            then 'not_applicable'
            when g.signed_on > :as_of_on then 'unknown'
            when g.signed_on is not null then 'pass'
            when n.people > 1 and exists (select 1 from commitment c
                                          where c.staff_key is null and c.signed_on is not null
                                                and fold_vi(c.person) = n.name) then 'unknown'
            else 'fail' end as result,
       case when s.status in ('left', 'transferred') and coalesce(s.status_on, '') <= :as_of_on
            then null
            when g.signed_on > :as_of_on then 'reason.date_in_future'
            when g.signed_on is not null then null
            when n.people > 1 and exists (select 1 from commitment c
                                          where c.staff_key is null and c.signed_on is not null
                                                and fold_vi(c.person) = n.name)
            then 'reason.register.name_of_several'
            else 'reason.register.not_signed' end as reason
from staff s left join signed g on g.staff_key = s.staff_key
     left join named n on n.name = fold_vi(s.full_name)
