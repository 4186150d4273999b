-- Every portal: its home page keeps its visitors. One that sends them to a foreign host (a redirect of
-- the server, a refresh, a script, a false canonical address) was taken over. Found is found, however
-- old.
select fact_id as fact, portal as subject, leads_to as observed,
       case when leads_to <> '' then 'fail'
            when leads_to is null or checked_at is null or checked_at > :as_of
              or add_period(checked_at, :max_age) < day_start(:as_of_on) then 'unknown'
            else 'pass' end as result,
       case when leads_to <> '' then
              case leads_by when 'refresh' then 'reason.network.leads_by_refresh'
                            when 'script' then 'reason.network.leads_by_script'
                            when 'canonical' then 'reason.network.leads_by_canonical'
                            else 'reason.network.leads_by_redirect' end
            when checked_at is null then 'reason.network.not_dated'
            when checked_at > :as_of then 'reason.date_in_future'
            when add_period(checked_at, :max_age) < day_start(:as_of_on)
            then 'reason.network.checked_long_ago'
            when leads_to is null then 'reason.network.page_not_read' end as reason
from portal_check
