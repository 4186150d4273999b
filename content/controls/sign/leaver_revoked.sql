-- Every person's certificate: nobody who left or moved holds one that still works. A holder is
-- found by staff id, else by a name that only one person has.
with person as (
  select staff_key, min(status is not null) as known,
         min(status in ('left', 'transferred') and coalesce(status_on, '') <= :as_of_on) as gone
  from staff where coalesce(staff_key, '') <> '' group by staff_key),
named as (
  select fold_vi(full_name) as name, min(staff_key) as staff_key,
         count(distinct staff_key) as people
  from staff group by fold_vi(full_name)),
held as (
  select c.fact_id, c.holder || ' (' || c.serial || ')' as subject, c.ends_on,
         c.revoked = 1 or c.purpose = 'organisation' as apart,
         coalesce(c.staff_key, case when n.people = 1 then n.staff_key end) as staff_key
  from sign_certificate c left join named n on n.name = fold_vi(c.holder))
select h.fact_id as fact, h.subject, h.ends_on as observed,
       case when h.apart = 1 then 'not_applicable'
            when p.staff_key is null or p.known = 0 then 'unknown'
            when p.gone = 1 and coalesce(h.ends_on, '9999') >= :as_of_on then 'fail'
            else 'pass' end as result,
       case when h.apart = 1 then null
            when p.staff_key is null then 'reason.register.holder_unknown'
            when p.known = 0 then 'reason.staff_status_missing'
            when p.gone = 1 and coalesce(h.ends_on, '9999') >= :as_of_on
            then 'reason.register.certificate_holder_left' end as reason
from held h left join person p on p.staff_key = h.staff_key
