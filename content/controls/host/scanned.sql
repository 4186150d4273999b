-- Every machine: its last full scan is young enough. No date is unknown, never "not scanned": the
-- scan may have been made by another tool.
with reading as (
  select c.host as host,
         max(case t.status when 'complete' then 2 when 'partial' then 1 else 0 end) as known
  from collection_table t join collection c on c.collection_id = t.collection_id
  where t.table_name = 'antivirus' group by c.host),
product as (select host, max(last_scan_at) as scanned_at from antivirus group by host),
machine as (
  select h.fact_id, h.host, p.scanned_at,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join product p on p.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
       left join reading listed on listed.host = '')
select fact_id as fact, host as subject, scanned_at as observed_at,
       case when scanned_at is null or scanned_at > :as_of then 'unknown'
            when add_period(scanned_at, :max_age) >= day_start(:as_of_on) then 'pass'
            else 'fail' end as result,
       case when scanned_at > :as_of then 'reason.date_in_future'
            when scanned_at is not null then null
            when known = 0 then 'reason.not_read_on_machine'
            else 'reason.no_scan_date' end as reason
from machine
