-- Every machine whose log was read: its last line is young enough at the end of the day judged, and
-- it was never silent for longer than the same period. Lines after that day: the files are newer
-- than the day judged, and nothing is known of their end then.
with silence as (
  select fact_id, source, last_seen_at, gap_from_at, gap_to_at, largest_gap_hours,
         add_period(last_seen_at, :max_silence) < :as_of as stopped,
         coalesce(add_period(gap_from_at, :max_silence) < gap_to_at, 0) as broke
  from log_seen)
select fact_id as fact, source as subject, case when stopped = 0 and broke = 1
            then local_time(gap_from_at) || ' – ' || local_time(gap_to_at)
            else local_time(last_seen_at) end as observed,
       case when last_seen_at is null then 'unknown'
            when stopped = 1 or broke = 1 then 'fail'
            when last_seen_at > :as_of then 'unknown'
            else 'pass' end as result,
       case when last_seen_at is null then 'reason.log.no_time'
            when stopped = 1 then 'reason.log.stopped'
            when broke = 1 then 'reason.log.gap'
            when last_seen_at > :as_of then 'reason.date_in_future' end as reason
from silence
