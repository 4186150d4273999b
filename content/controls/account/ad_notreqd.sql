-- Every account in use of a directory: it may not go without a password (userAccountControl 0x20).
select fact_id as fact, account_key as subject, login as observed,
       case when password_not_required is null then 'unknown' when password_not_required = 1 then 'fail' else 'pass' end as result
from account
where scope = 'directory' and coalesce(enabled, 1) = 1 and coalesce(login_allowed, 1) = 1
