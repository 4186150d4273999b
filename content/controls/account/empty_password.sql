-- Every account a person can use asks for a password. That it asks for one says nothing about how
-- strong the password is, so a pass does not decide.
with candidate as (
  select fact_id, account_key, password_store,
         case when password_not_required = 1 or password_store = 'empty' then 1
              when password_not_required = 0 or password_store is not null then 0 end as open,
         coalesce(nullif(app, ''), nullif(host, ''), scope) as source
  from account
  where coalesce(enabled, 1) = 1 and coalesce(locked, 0) = 0
        and case when scope = 'host' then coalesce(login_allowed, 0) = 1
                 else coalesce(login_allowed, 1) = 1 end),
told as (select source, max(open is not null) as told from candidate group by source)
select c.fact_id as fact, c.account_key as subject, case when c.password_store = 'empty' then 'observed.password.empty'
            when c.open = 1 then 'observed.password.not_required' end as observed,
       case when c.open is null then 'unknown' when c.open = 1 then 'fail' else 'pass' end as result,
       case when c.open is null then 'reason.no_password_column' end as reason
from candidate c join told t on t.source = c.source where t.told = 1
union all
select 0, source, null, 'unknown', 'reason.no_password_column' from told where told = 0
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
