-- Every machine: a firewall of its own filters. One that lets in by default whatever no rule names
-- is no wall.
with own_wall as (
  select host, max(active = 1 and coalesce(inbound_default, '') <> 'accept') as shut,
         max(active) as active,
         sum(active is null and coalesce(inbound_default, '') <> 'accept') as unread,
         group_concat(product, ', ') as names
  from firewall where coalesce(scope, 'host') <> 'network' group by host),
machine as (
  select h.fact_id, h.host, w.shut, w.active, w.unread, w.names,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join own_wall w on w.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'firewall'
       left join reading listed on listed.host = '' and listed.table_name = 'firewall')
select fact_id as fact, host as subject, names as observed,
       case when shut = 1 then 'pass'
            when unread > 0 or known < 2 then 'unknown'
            else 'fail' end as result,
       case when shut = 1 then null
            when unread > 0 then 'reason.firewall_state_not_read'
            when known = 1 then 'reason.partial_facts'
            when known = 0 then 'reason.not_read_on_machine'
            when active = 1 then 'reason.firewall_allows_all'
            when active = 0 then 'reason.host_firewall_off'
            else 'reason.no_host_firewall' end as reason
from machine
