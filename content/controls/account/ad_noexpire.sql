-- Every account in use of a directory: its password is not exempt from the maximum age (userAccountControl 0x10000).
select fact_id as fact, account_key as subject, login as observed,
       case when password_never_expires is null then 'unknown' when password_never_expires = 1 then 'fail' else 'pass' end as result
from account
where scope = 'directory' and coalesce(enabled, 1) = 1 and coalesce(login_allowed, 1) = 1
