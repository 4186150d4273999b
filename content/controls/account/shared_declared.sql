-- Every account in use of an application or directory: its own list does not call it shared. Not being
-- called shared proves little, so a pass does not decide.
with candidate as (
  select fact_id, account_key, login, shared_declared as flag, coalesce(nullif(app, ''), scope) as source
  from account
  where scope in ('application', 'directory') and coalesce(enabled, 1) = 1
        and coalesce(locked, 0) = 0 and coalesce(login_allowed, 1) = 1),
told as (select source, max(flag is not null) as told from candidate group by source)
select c.fact_id as fact, c.account_key as subject, c.login as observed,
       case when c.flag is null then 'unknown' when c.flag = 1 then 'fail' else 'pass' end as result,
       case when c.flag is null then 'reason.no_shared_column' end as reason
from candidate c join told t on t.source = c.source where t.told = 1
union all
select 0, source, null, 'unknown', 'reason.no_shared_column' from told where told = 0
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
