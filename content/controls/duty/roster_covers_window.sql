-- Every window the order asks to watch: shifts cover it without a gap from 00:00 of its first day
-- to the end of its last. The shifts are swept in order of their start; a gap is where the next one
-- begins after the latest end so far. A shift that names nobody covers nothing; one whose hours could
-- not be read may be the one that fills a gap, so the gap stays open. A window that
-- is over can be staffed no more: its gap has a reason of its own. A
-- register without a single shift was not filled in, and shows nothing.
with win as (
  select fact_id, from_on, to_on, day_start(from_on) as a, day_end(to_on) + 1 as b
  from watch_window where dispatch = :dispatch),
edge as (
  select w.fact_id, max(s.from_at, w.a) as f, min(s.to_at, w.b) as t
  from win w join duty_shift s on s.from_at < w.b and s.to_at > w.a and s.to_at > s.from_at
                        and s.person is not null
  union all
  select fact_id, b, b from win),
swept as (
  select e.fact_id, e.f,
         max(w.a, coalesce(max(e.t) over (partition by e.fact_id order by e.f, e.t
                                          rows between unbounded preceding and 1 preceding), w.a))
           as reached
  from edge e join win w on w.fact_id = e.fact_id),
gap as (
  select fact_id, group_concat(local_time(reached) || ' – ' || local_time(f), '; ') as gaps
  from (select * from swept where f > reached order by fact_id, f) group by fact_id)
select w.fact_id as fact, w.from_on || ' – ' || w.to_on as subject, g.gaps as observed,
       case when g.fact_id is null then 'pass'
            when not exists (select 1 from duty_shift) then 'unknown'
            when exists (select 1 from duty_shift
                         where person is not null and (from_at is null or to_at is null))
            then 'unknown' else 'fail' end as result,
       case when g.fact_id is null then null
            when not exists (select 1 from duty_shift) then 'reason.register.no_shift'
            when exists (select 1 from duty_shift
                         where person is not null and (from_at is null or to_at is null))
            then 'reason.register.shift_unread'
            when w.to_on < :as_of_on then 'reason.register.hours_were_uncovered'
            else 'reason.register.hours_uncovered' end as reason
from win w left join gap g on g.fact_id = w.fact_id
union all
select 0, '', null, 'unknown', 'reason.register.no_watch_window'
where not exists (select fact_id from win)
