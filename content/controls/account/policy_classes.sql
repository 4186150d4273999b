-- Every configured rule forces each class of characters the order states; a rule that forces lower
-- or upper case letters forces letters. "Three of the four kinds" (the complexity rule of Windows)
-- forces a letter, since only two kinds are none, but no kind by name; all four force each. Planned
-- when the order names classes.
with forced as (
  select fact_id, rule_key, as_written, coalesce(classes_count, 0) as kinds,
         case when coalesce(classes_count, 0) >= 4 then 1 else need_digit end as digit,
         case when coalesce(classes_count, 0) >= 3 or need_lower = 1 or need_upper = 1 then 1
              else need_letter end as letter,
         case when coalesce(classes_count, 0) >= 4 then 1 else need_lower end as lower,
         case when coalesce(classes_count, 0) >= 4 then 1 else need_upper end as upper,
         case when coalesce(classes_count, 0) >= 4 then 1 else need_special end as special
  from password_rule),
judged as (
  select fact_id, rule_key, as_written, kinds,
         classes_missing(:classes, digit, letter, lower, upper, special) as missing
  from forced)
select fact_id as fact, rule_key as subject, as_written as observed,
       case when missing is null then 'unknown' when missing = 0 then 'pass'
            else 'fail' end as result,
       case when missing is null then 'reason.rule_not_stated'
            when missing > 0 and kinds > 0 then 'reason.classes_by_count'
            when missing > 0 then 'reason.classes_not_forced' end as reason
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
