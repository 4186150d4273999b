-- Every Windows machine once, with what is known of its build: branch "10.0.19045", number 19045,
-- have (its revision, or the least it can be), doubt (updates of unknown months may have brought
-- more) up to ceiling. A machine that takes hotpatches has revisions of their own count: what an
-- ordinary build closes may be closed on it, so all is in doubt.
with cut1 as (
  select fact_id, host, os_name, architecture, os_support_ends_on, os_id, os_version as v,
         max(os_support_ends_on, coalesce(os_extended_support_ends_on, '')) as os_last_support_on,
         instr(os_version, '.') as a from host),
cut2 as (select *, a + instr(substr(v, a + 1), '.') as b from cut1),
cut3 as (select *, b + instr(substr(v, b + 1), '.') as c from cut2),
build as (
  select fact_id, host, os_name, os_support_ends_on, os_last_support_on,
         case architecture when 'amd64' then 'x64' when 'i386' then 'x86' else architecture end
           as architecture,
         coalesce(instr(os_name, 'Server'), 0) > 0 as server,
         case when c > b then substr(v, 1, c - 1) else v end as branch,
         case when b > a then cast(substr(v, b + 1) as integer) end as number,
         case when c > b then cast(substr(v, c + 1) as integer) end as revision
  from cut3 where os_id = 'windows'),
-- one machine, several sources: the highest build is the newest
machine as (
  select * from (select *, row_number() over (partition by host order by number desc, revision desc,
                                              fact_id) as nth from build) where nth = 1),
-- Without a revision: the newest listed update of Windows is the least it can be; an update of an
-- unknown month with a higher number may have brought more, up to the next known one.
listed as (
  select m.host, max(u.revision) as revision, max(cast(substr(u.kb, 3) as integer)) as kb
  from machine m join installed_update i on i.host = m.host
       join (select distinct kb, branch, revision from vuln_update
             where coalesce(hotpatch, 0) = 0) u
         on u.kb = i.kb and u.branch = m.branch
  where m.revision is null group by m.host),
stray as (
  select l.host, max(cast(substr(i.kb, 3) as integer)) as kb
  from listed l join installed_update i on i.host = l.host
  where cast(substr(i.kb, 3) as integer) > l.kb and i.kb not in (select kb from vuln_update)
  group by l.host),
ceiling as (
  select m.host, min(u.revision) as revision
  from machine m join stray s on s.host = m.host join vuln_update u on u.branch = m.branch
  where coalesce(u.hotpatch, 0) = 0 and cast(substr(u.kb, 3) as integer) > s.kb group by m.host),
hot as (
  select m.host from machine m join vuln_update u on u.branch = m.branch and u.hotpatch = 1
       left join installed_update i on i.host = m.host and i.kb = u.kb
  where u.revision = m.revision or i.kb is not null group by m.host)
select m.*, coalesce(m.revision, l.revision) as have,
       s.host is not null or h.host is not null as doubt,
       case when h.host is null then c.revision end as ceiling
from machine m left join listed l on l.host = m.host left join stray s on s.host = m.host
     left join ceiling c on c.host = m.host left join hot h on h.host = m.host
