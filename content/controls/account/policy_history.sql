-- Every configured rule remembers at least as many old passwords as the order states. Planned when
-- the order states a number.
select fact_id as fact, rule_key as subject, history as observed,
       case when history is null then 'unknown'
            when history >= :history then 'pass' else 'fail' end as result,
       case when history is null then 'reason.rule_not_stated' end as reason
from password_rule
union all
select 0, a.app, null, 'unknown', 'reason.no_password_rule'
from account a left join password_rule r on fold_vi(r.app) = fold_vi(a.app)
where a.scope in ('application', 'directory') and coalesce(a.app, '') <> '' and r.fact_id is null
group by a.app
union all
select 0, '', null, 'unknown', 'reason.no_application_rules'
where not exists (select 1 from password_rule where scope in ('application', 'directory'))
      and not exists (select 1 from account where scope in ('application', 'directory'))
