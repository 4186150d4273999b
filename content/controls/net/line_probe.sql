-- Every line that was probed: connections get through, in time. A probe is a moment: necessary, not
-- sufficient. A target that refuses says nothing about loss, and neither does a missing route here.
select fact_id as fact, name as subject,
       round(loss_percent, 1) || ' %' || coalesce(', ' || latency_ms || ' ms', '') as observed,
       case when checked_at is null or checked_at > :as_of
              or add_period(checked_at, :max_age) < day_start(:as_of_on) then 'unknown'
            when loss_percent is null then 'unknown'
            when loss_percent > :max_loss_percent then 'fail'
            when latency_ms is null then 'unknown'
            when latency_ms > :max_latency_ms then 'fail'
            else 'pass' end as result,
       case when checked_at is null then 'reason.network.not_dated'
            when checked_at > :as_of then 'reason.date_in_future'
            when add_period(checked_at, :max_age) < day_start(:as_of_on)
            then 'reason.network.checked_long_ago'
            when state = 'refused' then 'reason.network.line_refused'
            when loss_percent is null then 'reason.network.line_not_asked'
            when loss_percent > :max_loss_percent then 'reason.network.line_loss'
            when latency_ms is null then 'reason.network.line_not_asked'
            when latency_ms > :max_latency_ms then 'reason.network.line_slow' end as reason
from line_probe
