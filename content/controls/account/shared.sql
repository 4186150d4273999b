-- Every account in use: its own list does not call it shared or name several holders, its log-in
-- names a person, not an office or a task, unless one person was found for it, and no log shows it
-- used from many machines within one hour. Nothing here shows that a password was not passed on, so
-- a pass never decides alone.
with candidate as (
  select fact_id, account_key, login, staff_key, shared_declared, several_people, generic_name,
         fold_vi(coalesce(nullif(app, ''), scope)) as place, fold_vi(login) as name,
         fold_vi(coalesce(agency, '')) as agency
  from account
  where coalesce(enabled, 1) = 1 and coalesce(locked, 0) = 0
        and case when scope = 'host' then coalesce(login_allowed, 0) = 1
                 else coalesce(login_allowed, 1) = 1 end),
used as (
  select fold_vi(app) as place, login as name, fold_vi(coalesce(agency, '')) as agency,
         max(machines_at_once_count) as machines
  from login_use where machines_at_once_count >= :most_machines
  group by fold_vi(app), login, fold_vi(coalesce(agency, ''))),
-- A log without an agency speaks of an account only where no other agency has one of that name.
names as (
  select place, name, count(*) as holders from candidate
  where exists (select 1 from used where machines > 0) group by place, name),
many as materialized (
  select c.fact_id, max(u.machines) as machines
  from used u join candidate c on c.place = u.place and c.name = u.name
       join names n on n.place = c.place and n.name = c.name
  where u.agency = c.agency or (u.agency = '' and n.holders = 1) group by c.fact_id),
judged as (
  select c.fact_id, c.account_key, c.login, c.generic_name,
         case when shared_declared = 1 then 'reason.account_declared_shared'
              when several_people = 1 then 'reason.account_names_several'
              when m.machines is not null then 'reason.account_many_machines'
              when generic_name = 1 and coalesce(staff_key, '') = ''
                   and coalesce(shared_declared, 1) = 1 then 'reason.account_generic_name' end as reason
  from candidate c left join many m on m.fact_id = c.fact_id)
select fact_id as fact, account_key as subject, login as observed,
       case when reason is not null then 'fail'
            when coalesce(login, '') = '' or generic_name is null then 'unknown'
            else 'pass' end as result, reason
from judged
union all
select 0, '', null, 'unknown', 'reason.no_application_accounts'
where not exists (select 1 from account where scope in ('application', 'directory'))
