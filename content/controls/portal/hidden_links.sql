-- Every page that was read: no link to another host that no visitor sees. Found is found, however
-- old; "none" holds only for pages read within the time.
select fact_id as fact, url as subject, hidden_hosts as observed,
       case when status in (404, 410) then 'not_applicable'
            when hidden_link_count > 0 then 'fail'
            when checked_at is null or checked_at > :as_of
              or add_period(checked_at, :max_age) < day_start(:as_of_on) then 'unknown'
            when hidden_link_count is null then 'unknown'
            else 'pass' end as result,
       case when status in (404, 410) then null
            when hidden_link_count > 0 then 'reason.network.hidden_links'
            when checked_at is null then 'reason.network.not_dated'
            when checked_at > :as_of then 'reason.date_in_future'
            when add_period(checked_at, :max_age) < day_start(:as_of_on)
            then 'reason.network.checked_long_ago'
            when hidden_link_count is null then 'reason.network.page_not_read' end as reason
from portal_page
