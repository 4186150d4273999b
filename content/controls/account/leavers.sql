-- Every account joined to a person: nobody who left or moved can still log in. Someone listed twice
-- is gone only when every line says so. Accounts joined to nobody are the matter of account.orphan.
-- An account used after its holder left is the gravest of them.
with person as (
  select staff_key, min(status is not null) as known,
         min(status in ('left', 'transferred') and coalesce(status_on, '') <= :as_of_on) as gone,
         max(status_on) as status_on
  from staff where coalesce(staff_key, '') <> '' group by staff_key)
select a.fact_id as fact, a.account_key as subject, p.status_on as observed,
       case when p.known = 0 then 'unknown'
            when p.gone = 0 then 'pass'
            when a.enabled = 0 or a.locked = 1 or a.login_allowed = 0 then 'pass'
            when a.enabled is null and a.locked is null then 'unknown'
            else 'fail' end as result,
       case when p.known = 0 then 'reason.staff_status_missing'
            when p.gone = 1 and a.enabled is null and a.locked is null
            then 'reason.account_state_missing'
            when p.gone = 1 and a.used_at > day_end(p.status_on) then 'reason.used_after_leaving'
            when p.gone = 1 then 'reason.holder_left' end as reason,
       case when p.gone = 1 and a.used_at > day_end(p.status_on) then 'critical' end as severity
from (select *, max(coalesce(last_login_at, 0), coalesce(password_changed_at, 0)) as used_at
      from account) a join person p on p.staff_key = a.staff_key
