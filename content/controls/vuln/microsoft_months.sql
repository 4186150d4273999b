-- Every Windows machine: its build is not older than the build of each month asked. It passes when
-- no month is missing, unread or uncertain. A system newer than a month's documents was never
-- concerned by them; one whose support (paid extensions too) ended before a month got no fix in it.
with known as materialized (select * from windows_known),
asked as (select value as month from json_each(:months)),
supplied as (select month, newest from vuln_month),
fix as (
  select month, branch, server, architecture, max(fixed_revision) as fixed, kb
  from vuln_fix group by month, branch, server, architecture),
need as (
  select k.host, f.month, max(f.fixed) as fixed, f.kb
  from known k join fix f on f.branch = k.branch and f.server = k.server and
       (f.architecture = '' or k.architecture is null or f.architecture = k.architecture)
  group by k.host, f.month),
answer as (
  select k.host, q.month, n.fixed, n.kb,
         case when s.month is null then 'month_missing'
              when k.number is null then 'no_build'
              when n.fixed is null and k.number > s.newest then 'pass'
              when n.fixed is null and k.os_support_ends_on < q.month || '-01' then 'ended'
              when n.fixed is null then 'no_fix'
              when k.have >= n.fixed then 'pass'
              when k.have is null and k.os_last_support_on < q.month || '-01' then 'ended'
              when k.have is null then 'no_build'
              when k.doubt and coalesce(n.fixed < k.ceiling, 1) then 'not_certain'
              else 'missing' end as said
  from known k cross join asked q left join supplied s on s.month = q.month
       left join need n on n.host = k.host and n.month = q.month),
whole as (
  select host, max(said = 'missing') as missing, max(said = 'ended') as ended,
         max(said = 'month_missing') as month_missing, max(said = 'no_build') as no_build,
         max(said = 'not_certain') as not_certain, max(said = 'no_fix') as no_fix,
         group_concat(case when said <> 'pass' and fixed is not null
                           then month || coalesce(' (' || kb || ', .' || fixed || ')', '') end, '; ')
           as open,
         group_concat(case when said <> 'pass' and fixed is null then month end, '; ') as unread
  from (select * from answer order by host, month) group by host)
select k.fact_id as fact, k.host as subject,
       nullif(coalesce(k.branch, '') || coalesce('.' || k.have, '') ||
              coalesce(' < ' || w.open, '') || coalesce(' [' || w.unread || ']', ''), '') as observed,
       case when w.missing or w.ended then 'fail'
            when w.month_missing or w.no_build or w.not_certain or w.no_fix then 'unknown'
            else 'pass' end as result,
       case when w.ended then 'reason.vuln.support_ended'
            when w.missing then null
            when w.month_missing then 'reason.vuln.month_missing'
            when w.no_build then 'reason.vuln.no_build'
            when w.not_certain then 'reason.vuln.build_not_certain'
            when w.no_fix then 'reason.vuln.no_fix_listed' end as reason
from known k join whole w on w.host = k.host
union all
-- machines known only by a list of updates
select 0, i.host, null, 'unknown', 'reason.vuln.no_build'
from (select distinct host from installed_update where host not in (select host from host)) i
union all
-- Microsoft's other products seen on Windows machines: their builds are not compared
select m.fact_id, s.host || ': ' || s.name, s.version, 'unknown',
       'reason.vuln.product_not_compared'
from software s join known m on m.host = s.host
where s.vendor = 'Microsoft' and s.category in ('office', 'mail_server', 'database')
union all
select fact_id, host, coalesce(os_name, os_id),
       case when os_id is null then 'unknown' else 'not_applicable' end,
       case when os_id is null then 'reason.value_missing' end
from host where coalesce(os_id, '') <> 'windows'
