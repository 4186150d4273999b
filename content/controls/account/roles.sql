-- Every account in use of the system the order names (all applications when it names none): the rights
-- of its role stand beside the function of its person in the matrix. A role with rights of several
-- functions must fit with each; the plain rights that come with higher ones do not count. A role no
-- word list knows is unknown.
with person as (
  select staff_key, max(function) as function, count(distinct function) as functions,
         max(title) as title
  from staff where coalesce(staff_key, '') <> '' group by staff_key),
candidate as (
  select fact_id, account_key, staff_key, role, coalesce(nullif(app, ''), scope) as place
  from account
  where scope in ('application', 'directory') and coalesce(enabled, 1) = 1
        and coalesce(locked, 0) = 0 and coalesce(login_allowed, 1) = 1
        and (:system = ''
             or glob_vi('*' || skeleton_vi(:system) || '*', skeleton_vi(app))
             or (length(app) > 2 and glob_vi('*' || skeleton_vi(app) || '*', skeleton_vi(:system))))),
word as materialized (
  select role,
         exists (select 1 from json_each(:admin_words) w where glob_vi(w.value, r)) as admin,
         exists (select 1 from json_each(:leader_words) w where glob_vi(w.value, r)) as leader,
         exists (select 1 from json_each(:clerk_words) w where glob_vi(w.value, r)) as clerk,
         exists (select 1 from json_each(:plain_words) w where glob_vi(w.value, r)) as plain
  from (select role, skeleton_vi(role) as r from (select distinct role from candidate))),
fits as materialized (
  select f.function, w.role,
         (w.admin = 0 or exists (select 1 from json_each(:fitting) m
                                 where m.value = f.function || '>quan_tri'))
         and (w.leader = 0 or exists (select 1 from json_each(:fitting) m
                                      where m.value = f.function || '>lanh_dao'))
         and (w.clerk = 0 or exists (select 1 from json_each(:fitting) m
                                     where m.value = f.function || '>van_thu'))
         and (w.admin + w.leader + w.clerk > 0
              or exists (select 1 from json_each(:fitting) m
                         where m.value = f.function || '>chuyen_vien')) as fit
  from (select distinct function from staff where coalesce(function, '') <> '') f
       cross join word w),
-- Plain rights are too few only where the application has the role of the function at all.
offers as materialized (
  select c.place, max(w.admin) as admin, max(w.leader) as leader, max(w.clerk) as clerk
  from candidate c join word w on w.role = c.role group by c.place),
judged as (
  select c.fact_id, c.account_key, c.role || coalesce(' / ' || p.title, '') as observed,
         case when coalesce(c.role, '') = '' then 'reason.no_role'
              when w.admin + w.leader + w.clerk + w.plain = 0 then 'reason.role_not_recognised'
              when p.staff_key is null and w.admin + w.leader + w.clerk > 0
              then 'reason.account_without_person'
              when p.staff_key is not null and p.functions <> 1 and w.admin + w.leader + w.clerk > 0
              then 'reason.no_function' end as doubt,
         case when f.fit = 0 and w.admin + w.leader + w.clerk = 0
                   and case p.function when 'quan_tri' then o.admin when 'lanh_dao' then o.leader
                                       when 'van_thu' then o.clerk else 1 end = 0 then 1
              else coalesce(f.fit, 1) end as fit, w.admin + w.leader + w.clerk as higher
  from candidate c left join person p on p.staff_key = c.staff_key
       left join word w on w.role = c.role
       left join offers o on o.place = c.place
       left join fits f on f.function = p.function and f.role = c.role and p.functions = 1)
select fact_id as fact, account_key as subject, observed,
       case when doubt is not null then 'unknown' when fit = 0 then 'fail'
            else 'pass' end as result,
       coalesce(doubt, case when fit = 0 and higher > 0 then 'reason.role_beyond_function'
                            when fit = 0 then 'reason.role_below_function' end) as reason
from judged
union all
select 0, :system, null, 'unknown',
       case when :system = '' then 'reason.no_application_accounts'
            else 'reason.system_without_accounts' end
where not exists (select 1 from candidate where fact_id > 0)
