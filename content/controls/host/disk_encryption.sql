-- Workstations and machines of unknown role: every disk file system that holds data lies on an
-- encrypted layer. Start-up partitions cannot be encrypted and are left out, and so are disks that
-- are carried about.
with disk as (
  select host, count(*) as disks, sum(encrypted = 0) as open, sum(encrypted is null) as unread,
         group_concat(case when encrypted = 0 then coalesce(mount_point, device) end, ', ') as places
  from disk_encryption
  where coalesce(swap, 0) = 0 and coalesce(external, 0) = 0
        and coalesce(mount_point, '') not in ('/boot', '/boot/efi', '/efi', '/boot/firmware')
  group by host),
machine as (
  select h.fact_id, h.host, h.role, d.disks, d.open, d.unread, d.places,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join disk d on d.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'disk_encryption'
       left join reading listed on listed.host = '' and listed.table_name = 'disk_encryption')
select fact_id as fact, host as subject, places as observed,
       case when role in ('server', 'container') then 'not_applicable'
            when open > 0 then 'fail'
            when coalesce(disks, 0) = 0 or unread > 0 or known < 2 then 'unknown'
            else 'pass' end as result,
       case when role in ('server', 'container') or open > 0 then null
            when coalesce(disks, 0) = 0 then 'reason.not_read_on_machine'
            when unread > 0 then 'reason.disk_not_read'
            when known < 2 then 'reason.partial_facts' end as reason
from machine
