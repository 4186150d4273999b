-- Every configured rule forces each class of characters the order states; a rule that forces lower
-- or upper case letters forces letters. Planned when the order names classes.
with judged as (
  select fact_id, rule_key, as_written,
         classes_missing(:classes, need_digit,
                         case when need_lower = 1 or need_upper = 1 then 1 else need_letter end,
                         need_lower, need_upper, need_special) as missing
  from password_rule)
select fact_id as fact, rule_key as subject, as_written as observed,
       case when missing is null then 'unknown' when missing = 0 then 'pass'
            else 'fail' end as result,
       case when missing is null then 'reason.rule_not_stated' end as reason
from judged
union all
select 0, a.app, null, 'unknown', 'reason.no_password_rule'
from account a left join password_rule r on fold_vi(r.app) = fold_vi(a.app)
where a.scope in ('application', 'directory') and coalesce(a.app, '') <> '' and r.fact_id is null
group by a.app
union all
select 0, '', null, 'unknown', 'reason.no_application_rules'
where not exists (select 1 from password_rule where scope in ('application', 'directory'))
      and not exists (select 1 from account where scope in ('application', 'directory'))
