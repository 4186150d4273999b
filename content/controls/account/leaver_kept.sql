-- Planned when the order says what to do with a leaver's account. Where it says delete or withdraw
-- and not lock, an account that is locked but still there is done in part only; one that still works
-- is the matter of account.leavers.
with person as (
  select staff_key, min(status is not null) as known,
         min(status in ('left', 'transferred') and coalesce(status_on, '') <= :as_of_on) as gone,
         max(status_on) as status_on
  from staff where coalesce(staff_key, '') <> '' group by staff_key),
wish as (
  select max(glob_vi('*xóa*', value) or glob_vi('*hủy*', value) or glob_vi('*gỡ*', value)
             or glob_vi('*thu hồi*', value)) as removes,
         max(glob_vi('*khóa*', value) or glob_vi('*vô hiệu*', value)) as locks
  from json_each(:action))
select a.fact_id as fact, a.account_key as subject, p.status_on as observed,
       case when w.removes = 0 or w.locks = 1 then 'not_applicable'
            when p.known = 0 then 'unknown'
            when p.gone = 0 then 'pass'
            when a.enabled = 0 or a.locked = 1 or a.login_allowed = 0 then 'fail'
            else 'not_applicable' end as result,
       case when p.known = 0 then 'reason.staff_status_missing'
            when p.gone = 1 then 'reason.locked_not_removed' end as reason
from account a join person p on p.staff_key = a.staff_key join wish w on w.removes is not null
