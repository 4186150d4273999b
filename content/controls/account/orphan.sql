-- Every account in use of an application or directory belongs to a person of the staff list; else
-- nobody can say whether its holder left. Declared shared accounts are the matter of account.shared.
-- While the staff list is not whole, a person may only be missing from it.
with person as (select distinct staff_key from staff where coalesce(staff_key, '') <> ''),
     reading as (select max(status <> 'complete') as holes from collection_table
                 where table_name = 'staff')
select a.fact_id as fact, a.account_key as subject, a.display_name as observed,
       case when p.staff_key is not null then 'pass'
            when a.shared_declared = 1 then 'not_applicable'
            when r.holes = 1 then 'unknown'
            else 'fail' end as result,
       case when p.staff_key is null and r.holes = 1 then 'reason.staff_list_partial'
            when p.staff_key is null then 'reason.account_without_person' end as reason
from account a left join person p on p.staff_key = a.staff_key
     join reading r on r.holes is not null
where a.scope in ('application', 'directory') and coalesce(a.enabled, 1) = 1
      and coalesce(a.locked, 0) = 0 and coalesce(a.login_allowed, 1) = 1
