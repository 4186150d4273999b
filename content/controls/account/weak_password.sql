-- Every tested account a person can use: nothing anybody could guess opens it. An account that its
-- own list or the store calls locked or disabled is left to account.leavers.
with tested as (
  select t.fact_id, t.account_key, t.weak_class, t.scheme, t.exhausted
  from password_test t
  where coalesce(t.enabled, 1) = 1
        and not exists (select 1 from account a
                        where a.account_key = t.account_key
                              and (a.enabled = 0 or a.locked = 1)))
select fact_id as fact, account_key as subject,
       'observed.password.' || nullif(weak_class, 'none') as observed,
       case when weak_class is null then 'unknown'
            when weak_class = 'none' then 'pass'
            else 'fail' end as result,
       case when weak_class is null and scheme = 'unknown' then 'reason.password.scheme_unknown'
            when weak_class is null then 'reason.password.not_finished' end as reason
from tested
union all
select 0, '', null, 'unknown', 'reason.password.no_store'
where not exists (select 1 from password_test)
