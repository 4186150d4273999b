-- Every account of a Windows store: no LM hash lies beside its NT hash. Other stores have none, so
-- they are not asked.
select fact_id as fact, account_key as subject, login as observed,
       case when lm_kept is null then 'unknown'
            when lm_kept = 1 then 'fail' else 'pass' end as result,
       case when lm_kept is null then 'reason.password.scheme_unknown' end as reason
from password_test
where scheme = 'nt'
union all
select 0, '', null, 'unknown', 'reason.password.no_store'
where not exists (select 1 from password_test)
