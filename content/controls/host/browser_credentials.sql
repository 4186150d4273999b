-- Every machine: its browser profiles hold no saved password, or as few as the order allows. Found
-- ones count even where another profile could not be read.
with store as (
  select host, sum(saved_count) as saved, sum(saved_count is null) as unread
  from browser_credential group by host),
machine as (
  select h.fact_id, h.host, s.saved, coalesce(s.unread, 0) as unread,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join store s on s.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'browser_credential'
       left join reading listed on listed.host = '' and listed.table_name = 'browser_credential')
select fact_id as fact, host as subject, saved as observed,
       case when saved > :max_count then 'fail'
            when unread > 0 or known < 2 then 'unknown'
            else 'pass' end as result,
       case when saved > :max_count then null
            when unread > 0 then 'reason.browser_store_not_read'
            when known = 1 then 'reason.partial_facts'
            when known = 0 then 'reason.not_read_on_machine' end as reason
from machine
