-- Every configured rule asks for at least the length the order states. An application with accounts
-- and no rule in the facts is unknown by name.
select fact_id as fact, rule_key as subject, min_length as observed,
       case when min_length is null then 'unknown'
            when min_length >= :min_length then 'pass' else 'fail' end as result,
       case when min_length is null then 'reason.rule_not_stated' end as reason
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
