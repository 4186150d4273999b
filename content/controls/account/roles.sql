-- Every account in use of the system the order names (all applications when it names none): its role
-- gives the rights of an administrator, leader or records clerk only to a person whose function is
-- that. The plain role fits everybody. A role no word list knows is unknown.
with person as (
  select staff_key, max(function = 'quan_tri') as admin, max(function = 'lanh_dao') as leader,
         max(function = 'van_thu') as clerk, max(coalesce(function, '') <> '') as known,
         max(title) as title
  from staff where coalesce(staff_key, '') <> '' group by staff_key),
candidate as (
  select fact_id, account_key, staff_key, role, skeleton_vi(role) as r
  from account
  where scope in ('application', 'directory') and coalesce(enabled, 1) = 1
        and coalesce(locked, 0) = 0 and coalesce(login_allowed, 1) = 1
        and (:system = ''
             or glob_vi('*' || skeleton_vi(:system) || '*', skeleton_vi(app))
             or (length(app) > 2 and glob_vi('*' || skeleton_vi(app) || '*', skeleton_vi(:system))))),
named as (
  select c.*, exists (select 1 from json_each(:admin_words) w where glob_vi(w.value, c.r)) as admin,
         exists (select 1 from json_each(:leader_words) w where glob_vi(w.value, c.r)) as leader,
         exists (select 1 from json_each(:clerk_words) w where glob_vi(w.value, c.r)) as clerk,
         exists (select 1 from json_each(:plain_words) w where glob_vi(w.value, c.r)) as plain
  from candidate c),
judged as (
  select n.fact_id, n.account_key, n.role || coalesce(' / ' || p.title, '') as observed,
         case when coalesce(n.role, '') = '' then 'reason.no_role'
              when n.admin + n.leader + n.clerk + n.plain = 0 then 'reason.role_not_recognised'
              when n.admin + n.leader + n.clerk = 0 then null
              when p.staff_key is null then 'reason.account_without_person'
              when p.known = 0 then 'reason.no_function' end as doubt,
         n.admin > coalesce(p.admin, 0) or n.leader > coalesce(p.leader, 0)
           or n.clerk > coalesce(p.clerk, 0) as excess
  from named n left join person p on p.staff_key = n.staff_key)
select fact_id as fact, account_key as subject, observed,
       case when doubt is not null then 'unknown' when excess = 1 then 'fail'
            else 'pass' end as result,
       coalesce(doubt, case when excess = 1 then 'reason.role_beyond_function' end) as reason
from judged
union all
select 0, :system, null, 'unknown',
       case when :system = '' then 'reason.no_application_accounts'
            else 'reason.system_without_accounts' end
where not exists (select 1 from candidate where fact_id > 0)
