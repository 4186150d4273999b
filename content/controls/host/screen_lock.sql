-- Every machine with a desktop: the machine's default and every user's own setting lock the screen
-- in time. 0 seconds means never.
with setting as (
  select host, coalesce(applicable, 1) as applicable,
         case when applicable = 0 then 0
              when enabled = 0 or idle_seconds = 0 or idle_seconds > :max_idle_minutes * 60 then 2
              when enabled is null or idle_seconds is null then 1
              else 0 end as bad,
         coalesce(enabled, 1) as enabled, idle_seconds
  from screen_lock),
lock as (
  select host, max(applicable) as applicable, max(bad) as bad,
         max(case when bad = 2 and enabled <> 0 then (idle_seconds + 59) / 60 end) as minutes,
         max(bad = 2 and (enabled = 0 or idle_seconds = 0)) as never
  from setting group by host),
machine as (
  select h.fact_id, h.host, l.applicable, l.bad, l.minutes, l.never,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join lock l on l.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'screen_lock'
       left join reading listed on listed.host = '' and listed.table_name = 'screen_lock')
select fact_id as fact, host as subject, case when never = 1 then 'observed.screen.never'
            else minutes || ' min' end as observed,
       case when bad = 2 then 'fail'
            when bad = 1 or known < 2 then 'unknown'
            when applicable = 0 then 'not_applicable'
            when applicable = 1 then 'pass'
            else 'unknown' end as result,
       case when bad = 2 then null
            when bad is not null and known = 1 then 'reason.partial_facts'
            when bad is null and known < 2 then 'reason.not_read_on_machine'
            else 'reason.screen_lock_not_read' end as reason
from machine
