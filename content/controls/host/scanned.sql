-- Every machine: its last full scan is young enough, whether the antivirus or a scan's own log
-- dates it. No date is unknown, never "not scanned": another tool may have made the scan.
with dated as (
  select fold_vi(host) as name, last_scan_at as at from antivirus
  union all
  select fold_vi(host), finished_at from scan_run
  where scope = 'full' and coalesce(result, 'finished') = 'finished'),
product as (select name, max(at) as scanned_at from dated group by name),
machine as (
  select h.fact_id, h.host, p.scanned_at,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join product p on p.name = fold_vi(h.host)
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'antivirus'
       left join reading listed on listed.host = '' and listed.table_name = 'antivirus')
select fact_id as fact, host as subject, scanned_at as observed_at,
       case when scanned_at is null or scanned_at > :as_of then 'unknown'
            when add_period(scanned_at, :max_age) >= day_start(:as_of_on) then 'pass'
            else 'fail' end as result,
       case when scanned_at > :as_of then 'reason.date_in_future'
            when scanned_at is not null then null
            when known = 0 then 'reason.not_read_on_machine'
            else 'reason.no_scan_date' end as reason
from machine
