-- Every account in use of a directory: Kerberos asks pre-authentication (userAccountControl 0x400000 is off), so that
-- nobody can take material home to guess its password.
select fact_id as fact, account_key as subject, login as observed,
       case when preauth_not_required is null then 'unknown' when preauth_not_required = 1 then 'fail' else 'pass' end as result
from account
where scope = 'directory' and coalesce(enabled, 1) = 1 and coalesce(login_allowed, 1) = 1
