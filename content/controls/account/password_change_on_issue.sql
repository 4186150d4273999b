-- Every account in use: its password was changed after it was handed out, or the next log-in forces
-- the change. Systems stamp the first password within a minute of the account, which is no change.
-- Two dates of one day without hours cannot be told apart, unless the source says "never changed",
-- which is the exact instant of issue (precision ms). A forced change is no excuse where the source
-- says "never changed" and the account has been logged in to since: the issued password is in use. A machine's local accounts are judged where a
-- person logs in and both dates are known.
with candidate as (
  select fact_id, account_key, password_changed_at as changed_at,
         case when password_must_change = 1
                   and not coalesce(password_changed_at_precision = 'ms'
                                    and password_changed_at = coalesce(issued_at, created_at)
                                    and last_login_at > coalesce(issued_at, created_at), 0)
              then 1 end as forced,
         coalesce(issued_at, created_at) as given_at,
         (password_changed_at_precision = 'day'
           or case when issued_at is not null then issued_at_precision
                   else created_at_precision end = 'day')
           and not (password_changed_at_precision = 'ms'
                    and password_changed_at = coalesce(issued_at, created_at)) as by_day
  from account
  where coalesce(enabled, 1) = 1 and coalesce(locked, 0) = 0
        and case when scope = 'host'
                 then coalesce(login_allowed, 0) = 1 and password_changed_at is not null
                      and coalesce(issued_at, created_at) is not null
                 else coalesce(login_allowed, 1) = 1 end),
judged as (
  select fact_id, account_key, changed_at,
         case when forced = 1 then null
              when changed_at is null then 'reason.no_change_date'
              when given_at is null then 'reason.no_issue_date'
              when changed_at > :as_of or given_at > :as_of then 'reason.date_in_future'
              when by_day = 1 and days_between(given_at, changed_at) = 0
              then 'reason.same_day_as_issue' end as doubt,
         case when forced = 1 then 1
              when by_day = 1 then days_between(given_at, changed_at) > 0
              else changed_at > given_at + 60000 end as changed
  from candidate)
select fact_id as fact, account_key as subject, changed_at as observed_at,
       case when doubt is not null then 'unknown' when changed = 1 then 'pass'
            else 'fail' end as result,
       coalesce(doubt, case when changed = 0 then 'reason.not_changed_since_issue' end) as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
