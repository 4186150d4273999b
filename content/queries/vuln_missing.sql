-- What khien vuln match prints: every published hole of Windows that is open on a build. Machines of
-- one build have the same, so each build is asked about once (queries/vuln_builds.sql says whose it
-- is). An empty list of months asks for all.
with known as materialized (select * from windows_known),
kinds as (
  select branch, server, architecture, have, doubt, ceiling, min(host) as host
  from known group by branch, server, architecture, have, doubt, ceiling)
select k.host, f.month, f.cve, a.severity, max(a.exploited) as exploited,
       f.cve in (select cve from known_exploited) as catalogued, f.kb,
       k.branch || '.' || k.have as have, f.branch || '.' || max(f.fixed_revision) as fixed,
       not k.doubt or coalesce(max(f.fixed_revision) >= k.ceiling, 0) as certain
from kinds k join vuln_fix f on f.branch = k.branch and f.server = k.server and
     (f.architecture = '' or k.architecture is null or f.architecture = k.architecture)
     left join vuln_advisory a on a.month = f.month and a.cve = f.cve
where f.fixed_revision > k.have and
      (json_array_length(:months) = 0 or f.month in (select value from json_each(:months)))
group by k.host, f.month, f.cve
order by k.host, f.month, f.cve
