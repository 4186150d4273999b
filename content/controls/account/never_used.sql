-- Planned as account.dormant: every account in use handed out longer ago than the stated days was
-- logged in to at least once. Without a date of issue it is unknown how long it has waited.
with candidate as (
  select fact_id, account_key, never_logged_in as never, coalesce(issued_at, created_at) as born
  from account
  where scope in ('application', 'directory') and coalesce(enabled, 1) = 1
        and coalesce(locked, 0) = 0 and coalesce(login_allowed, 1) = 1)
select fact_id as fact, account_key as subject, born as observed_at,
       case when never is null then 'unknown'
            when never = 0 then 'pass'
            when born is null or born > :as_of then 'unknown'
            when days_between(born, :as_of) <= :idle_days then 'pass'
            else 'fail' end as result,
       case when never is null then 'reason.no_last_login'
            when never = 1 and born is null then 'reason.no_issue_date'
            when never = 1 and born > :as_of then 'reason.date_in_future' end as reason
from candidate
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
