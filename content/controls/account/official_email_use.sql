-- Every mailbox (an account whose log-in is an address) in no list of outside registrations or leaks;
-- a list may give only what stands before the @. A list may be short, so a pass never decides alone.
-- Listed addresses no mailbox is known for count too.
with listed as (
  select max(fact_id) as fact_id, fold_vi(mail) as mail, group_concat(distinct service) as services
  from external_registration where coalesce(mail, '') <> '' group by fold_vi(mail)),
box as (
  select fact_id, account_key, fold_vi(login) as login,
         fold_vi(substr(login, 1, instr(login, '@') - 1)) as front
  from account where scope <> 'host' and instr(login, '@') > 1),
whole as (select b.fact_id, l.services, l.mail from box b join listed l on l.mail = b.login),
part as (select b.fact_id, l.services, l.mail from box b join listed l on l.mail = b.front)
select b.fact_id as fact, b.account_key as subject, coalesce(w.services, p.services) as observed,
       case when w.services is not null or p.services is not null then 'fail' else 'pass' end as result,
       case when w.services is not null or p.services is not null
            then 'reason.mail.registered_outside' end as reason
from box b left join whole w on w.fact_id = b.fact_id left join part p on p.fact_id = b.fact_id
union all
select 0, l.mail, l.services, 'fail', 'reason.mail.registered_outside'
from listed l
where not exists (select 1 from whole w where w.mail = l.mail)
      and not exists (select 1 from part p where p.mail = l.mail)
