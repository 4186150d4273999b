-- Every portal: the last visit found it working. One visit is necessary, not sufficient: it says
-- nothing about the hours before. When this machine could not even ask, nothing is known. A server
-- that sends everybody to a foreign host does not show its portal.
select fact_id as fact, portal as subject,
       coalesce('HTTP ' || status, 'observed.portal.' || nullif(state, 'answered')) as observed,
       case when state = 'redirected_away' and leads_to <> '' then 'fail'
            when checked_at is null or checked_at > :as_of
              or add_period(checked_at, :max_age) < day_start(:as_of_on) then 'unknown'
            when state in ('refused', 'timeout', 'tls_failed') then 'fail'
            when state <> 'answered' or status is null then 'unknown'
            when status < 400 then 'pass' else 'fail' end as result,
       case when state = 'redirected_away' and leads_to <> '' then 'reason.network.leads_by_redirect'
            when checked_at is null then 'reason.network.not_dated'
            when checked_at > :as_of then 'reason.date_in_future'
            when add_period(checked_at, :max_age) < day_start(:as_of_on)
            then 'reason.network.checked_long_ago'
            when state in ('refused', 'timeout', 'tls_failed') then 'reason.network.portal_down'
            when state <> 'answered' or status is null then 'reason.network.portal_not_asked'
            when status >= 400 then 'reason.network.portal_error' end as reason
from portal_check
