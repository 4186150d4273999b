-- Every account in use of a directory: its password is not kept so that it can be read back (userAccountControl 0x80).
select fact_id as fact, account_key as subject, login as observed,
       case when password_reversible is null then 'unknown' when password_reversible = 1 then 'fail' else 'pass' end as result
from account
where scope = 'directory' and coalesce(enabled, 1) = 1 and coalesce(login_allowed, 1) = 1
