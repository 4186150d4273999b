-- Every account in use with administrator rights in an application or directory belongs to one
-- person who still works here.
with person as (
  select staff_key, min(status is not null) as known,
         min(status in ('left', 'transferred') and coalesce(status_on, '') <= :as_of_on) as gone
  from staff where coalesce(staff_key, '') <> '' group by staff_key),
reading as (select max(status <> 'complete') as holes from collection_table
            where table_name = 'staff'),
candidate as (
  select fact_id, account_key, login, staff_key, privileged,
         coalesce(nullif(app, ''), scope) as source
  from account
  where scope in ('application', 'directory') and coalesce(enabled, 1) = 1
        and coalesce(locked, 0) = 0 and coalesce(login_allowed, 1) = 1),
told as (select source, max(privileged is not null) as told from candidate group by source)
select c.fact_id as fact, c.account_key as subject, c.login as observed,
       case when p.staff_key is null and r.holes = 1 then 'unknown'
            when p.staff_key is null then 'fail'
            when p.known = 0 then 'unknown'
            when p.gone = 1 then 'fail'
            else 'pass' end as result,
       case when p.staff_key is null and r.holes = 1 then 'reason.staff_list_partial'
            when p.staff_key is null then 'reason.account_without_person'
            when p.known = 0 then 'reason.staff_status_missing'
            when p.gone = 1 then 'reason.holder_left' end as reason
from candidate c left join person p on p.staff_key = c.staff_key
     join reading r on r.holes is not null
where c.privileged = 1
union all
select 0, source, null, 'unknown', 'reason.no_privileged_column' from told where told = 0
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
