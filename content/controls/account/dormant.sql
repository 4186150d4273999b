-- Planned when the order says after how many days without a log-in an account is idle: every account
-- in use was logged in to within them; exactly that many days is still in time. A source that lags
-- (lastLogonTimestamp) leaves the days of its lag unknown. Accounts never used are account.never_used.
with candidate as (
  select fact_id, account_key, last_login_at as seen, coalesce(last_login_lag_days, 0) as lag,
         days_between(last_login_at, :as_of) as idle
  from account
  where scope in ('application', 'directory') and coalesce(enabled, 1) = 1
        and coalesce(locked, 0) = 0 and coalesce(login_allowed, 1) = 1
        and coalesce(never_logged_in, 0) = 0)
select fact_id as fact, account_key as subject, seen as observed_at,
       case when seen is null or seen > :as_of then 'unknown'
            when idle <= :idle_days then 'pass'
            when idle <= :idle_days + lag then 'unknown'
            else 'fail' end as result,
       case when seen is null then 'reason.no_last_login'
            when seen > :as_of then 'reason.date_in_future'
            when idle > :idle_days and idle <= :idle_days + lag then 'reason.last_login_lags' end as reason
from candidate
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
