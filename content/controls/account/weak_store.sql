-- Every tested account: its store keeps a slow or salted hash, not the password itself and not a
-- fast digest. How the password is kept says nothing about how strong it is.
select fact_id as fact, account_key as subject,
       case scheme when 'plain' then 'observed.password.plain' when 'unknown' then null
                   else scheme end as observed,
       case when scheme = 'unknown' or weak_store is null then 'unknown'
            when weak_store = 1 then 'fail' else 'pass' end as result,
       case when scheme = 'unknown' or weak_store is null
            then 'reason.password.scheme_unknown' end as reason
from password_test
union all
select 0, '', null, 'unknown', 'reason.password.no_store'
where not exists (select 1 from password_test)
