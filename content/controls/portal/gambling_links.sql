-- Every page that was read: no gambling words in links to other hosts or in hidden elements. Found
-- is found, however old; "none" holds only for pages read within the time.
select fact_id as fact, url as subject, gambling_hosts as observed,
       case when status in (404, 410) then 'not_applicable'
            when gambling_count > 0 then 'fail'
            when checked_at is null or checked_at > :as_of
              or add_period(checked_at, :max_age) < day_start(:as_of_on) then 'unknown'
            when gambling_count is null then 'unknown'
            else 'pass' end as result,
       case when status in (404, 410) then null
            when gambling_count > 0 then 'reason.network.gambling_links'
            when checked_at is null then 'reason.network.not_dated'
            when checked_at > :as_of then 'reason.date_in_future'
            when add_period(checked_at, :max_age) < day_start(:as_of_on)
            then 'reason.network.checked_long_ago'
            when gambling_count is null then 'reason.network.page_not_read' end as reason
from portal_page
