-- Every machine: each of its releases whose maker names an end of support (Office, Visio, Project) is
-- still supported. A machine without such a release, or of which no source reads software, is left
-- out: subscriptions are supported as long as they are updated.
with release as (
  select distinct host, name, support_ends_on as ends_on from software
  where support_ends_on is not null order by host, name),
machine as (
  select h.fact_id, h.host, count(r.name) as releases, sum(r.ends_on < :as_of_on) as ended,
         group_concat(case when r.ends_on < :as_of_on
                           then r.name || ' (' || r.ends_on || ')' end, '; ') as names,
         (select max(k.known) from reading k
          where k.host = h.host and k.table_name = 'software') as known
  from host h left join release r on r.host = h.host group by h.fact_id, h.host)
select fact_id as fact, host as subject, names as observed,
       case when ended > 0 then 'fail'
            when known < 2 then 'unknown'
            when releases = 0 then 'not_applicable'
            else 'pass' end as result,
       case when coalesce(ended, 0) = 0 and known < 2 then 'reason.not_read_on_machine' end as reason
from machine
