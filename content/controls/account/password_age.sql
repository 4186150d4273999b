-- Every account a person can use: its password was changed within the period the order states; due
-- on the day is still in time. Without a change date a young account passes, an older one is unknown.
-- Machines' local accounts do not stand for the applications': without those the run is unknown.
with candidate as (
  select fact_id, account_key, password_changed_at as changed_at,
         coalesce(issued_at, created_at) as born_at
  from account
  where coalesce(enabled, 1) = 1 and coalesce(locked, 0) = 0
        and coalesce(password_store, '') <> 'none'
        and case when scope = 'host' then coalesce(login_allowed, 0) = 1
                 else coalesce(login_allowed, 1) = 1 end)
select fact_id as fact, account_key as subject, changed_at as observed_at,
       case when coalesce(changed_at, born_at) > :as_of then 'unknown'
            when add_period(coalesce(changed_at, born_at), :max_age) >= day_start(:as_of_on)
            then 'pass'
            when changed_at is null then 'unknown'
            else 'fail' end as result,
       case when coalesce(changed_at, born_at) > :as_of then 'reason.date_in_future'
            when changed_at is null then 'reason.no_change_date' end as reason
from candidate
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
