-- Every machine: at least one antivirus product is running. A machine whose list could not be read
-- is unknown, never "has none".
with product as (
  select host, max(active) as active, sum(active is null) as unread,
         group_concat(product, ', ') as names
  from antivirus group by host),
machine as (
  select h.fact_id, h.host, p.active, p.unread, p.names,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join product p on p.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'antivirus'
       left join reading listed on listed.host = '' and listed.table_name = 'antivirus')
select fact_id as fact, host as subject, names as observed,
       case when active = 1 then 'pass'
            when unread > 0 or known < 2 then 'unknown'
            else 'fail' end as result,
       case when active = 1 then null
            when unread > 0 then 'reason.antivirus_state_not_read'
            when known = 1 then 'reason.partial_facts'
            when known = 0 then 'reason.not_read_on_machine'
            when active = 0 then 'reason.antivirus_off'
            else 'reason.no_antivirus' end as reason
from machine
