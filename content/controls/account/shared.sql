-- Every account in use: its own list does not call it shared or name several holders, and its log-in
-- names a person, not an office or a task, unless one person was found for it. Nothing here shows
-- that a password was not passed on, so a pass never decides alone.
with candidate as (
  select fact_id, account_key, login, staff_key, shared_declared, several_people, generic_name
  from account
  where coalesce(enabled, 1) = 1 and coalesce(locked, 0) = 0
        and case when scope = 'host' then coalesce(login_allowed, 0) = 1
                 else coalesce(login_allowed, 1) = 1 end)
select fact_id as fact, account_key as subject, login as observed,
       case when shared_declared = 1 or several_people = 1 then 'fail'
            when coalesce(login, '') = '' or generic_name is null then 'unknown'
            when generic_name = 1 and coalesce(staff_key, '') = ''
                 and coalesce(shared_declared, 1) = 1 then 'fail'
            else 'pass' end as result,
       case when shared_declared = 1 then 'reason.account_declared_shared'
            when several_people = 1 then 'reason.account_names_several'
            when generic_name = 1 and coalesce(staff_key, '') = ''
                 and coalesce(shared_declared, 1) = 1 then 'reason.account_generic_name' end as reason
from candidate
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
