-- Every account a person can use: its log-in name (before the @, without marks) names a person, not
-- an office or a task, unless the account is joined to one person. A sign only, so it never decides
-- alone; declared shared accounts are the matter of account.shared_declared.
with candidate as (
  select fact_id, account_key, login, staff_key, shared_declared,
         skeleton_vi(case when instr(login, '@') > 1 then substr(login, 1, instr(login, '@') - 1)
                          else login end) as name
  from account
  where coalesce(enabled, 1) = 1 and coalesce(locked, 0) = 0
        and case when scope = 'host' then coalesce(login_allowed, 0) = 1
                 else coalesce(login_allowed, 1) = 1 end)
select fact_id as fact, account_key as subject, login as observed,
       case when coalesce(name, '') = '' then 'unknown'
            when coalesce(staff_key, '') <> '' then 'pass'
            when not exists (select 1 from json_each(:names) n where glob_vi(n.value, name))
            then 'pass'
            when shared_declared = 1 then 'not_applicable'
            else 'fail' end as result,
       null as reason
from candidate
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
