-- Every source in which a packet filter wrote: it still writes. Logs without a line of a firewall
-- are unknown: its log may lie elsewhere. That it blocks what it should is not seen in its log.
select fact_id as fact, source as subject, last_seen_at as observed_at,
       case when last_seen_at is null or last_seen_at > :as_of then 'unknown'
            when add_period(last_seen_at, :max_silence) < :as_of then 'fail'
            else 'pass' end as result,
       case when last_seen_at is null then 'reason.log.no_time'
            when last_seen_at > :as_of then 'reason.date_in_future'
            when add_period(last_seen_at, :max_silence) < :as_of then 'reason.log.stopped' end as reason
from log_seen where firewall_lines_count > 0
union all
select 0, '', null, 'unknown', 'reason.log.no_firewall_line'
where not exists (select 1 from log_seen where firewall_lines_count > 0)
