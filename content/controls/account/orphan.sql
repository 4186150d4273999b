-- Every account in use of an application, a directory or a server's passwd file belongs to a person of
-- the staff list; else nobody can say whether its holder left. Names of offices and accounts of several
-- people are the matter of account.shared; free names on people's own machines are not judged. While
-- the staff list is not whole, a person may only be missing from it.
with person as (select distinct staff_key from staff where coalesce(staff_key, '') <> ''),
     reading as (select max(status <> 'complete') as holes from collection_table
                 where table_name = 'staff'),
     server as (select collection_id from collection where collector = 'account_file')
select a.fact_id as fact, a.account_key as subject, a.display_name as observed,
       case when p.staff_key is not null then 'pass'
            when a.shared_declared = 1 or a.several_people = 1 or a.generic_name = 1
            then 'not_applicable'
            when r.holes = 1 or a.join_basis = 'several' then 'unknown'
            else 'fail' end as result,
       case when p.staff_key is not null then null
            when r.holes = 1 then 'reason.staff_list_partial'
            when a.join_basis = 'several' then 'reason.account_fits_several'
            else 'reason.account_without_person' end as reason
from account a left join person p on p.staff_key = a.staff_key
     join reading r on r.holes is not null
where coalesce(a.enabled, 1) = 1 and coalesce(a.locked, 0) = 0
      and (a.scope in ('application', 'directory') and coalesce(a.login_allowed, 1) = 1
           or a.scope = 'host' and a.login_allowed = 1 and fold_vi(a.login) <> 'root'
              and a.collection_id in (select collection_id from server))
