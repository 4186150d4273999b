-- Every account in use of a person in one application or directory: it is the only one. Of several,
-- the one to keep is the one whose log-in is the front of the person's mail address, else the shortest
-- (the others got a tail: _cu, 2), else the one used last; the others are named. Accounts of offices are the matter of account.shared.
with person as materialized (
  select staff_key, fold_vi(max(mail)) as mail,
         fold_vi(max(substr(mail, 1, instr(mail, '@') - 1))) as front
  from staff where coalesce(staff_key, '') <> '' group by staff_key),
used as (
  select fact_id, account_key, login, fold_vi(login) as folded, staff_key, last_login_at,
         coalesce(issued_at, created_at) as given_at, coalesce(nullif(app, ''), scope) as place
  from account
  where scope in ('application', 'directory') and coalesce(generic_name, 0) = 0
        and coalesce(enabled, 1) = 1 and coalesce(locked, 0) = 0
        and coalesce(login_allowed, 1) = 1),
several as materialized (
  select staff_key, place from used group by staff_key, place having count(*) > 1),
own as (
  select a.fact_id, a.account_key, a.login, a.staff_key, a.place,
         row_number() over (
           partition by a.staff_key, a.place
           order by case when a.folded in (p.mail, p.front) then 0
                         when substr(p.front, 1, length(a.folded)) = a.folded
                              and substr(p.front, length(a.folded) + 1, 1) in ('_', '.', '-') then 1
                         else 2 end,
                    length(a.login), a.last_login_at desc, a.given_at, a.account_key)
           as place_in_row
  from several s join used a on a.staff_key = s.staff_key and a.place = s.place
       join person p on p.staff_key = a.staff_key)
select a.fact_id as fact, a.account_key as subject, a.login as observed, 'pass' as result,
       null as reason
from used a join person p on p.staff_key = a.staff_key
     left join several s on s.staff_key = a.staff_key and s.place = a.place
where s.place is null
union all
select o.fact_id, o.account_key, k.login,
       case when o.place_in_row = 1 then 'pass' else 'fail' end,
       case when o.place_in_row > 1 then 'reason.second_account_of_person' end
from own o join own k on k.staff_key = o.staff_key and k.place = o.place and k.place_in_row = 1
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
