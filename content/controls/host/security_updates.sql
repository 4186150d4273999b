-- Every machine. What is missing is only known as of the machine's own update lists: a missing patch
-- counts whatever their age, "nothing missing" only when they are fresh.
select fact_id as fact, host as subject, pending_security_updates as observed,
       case when pending_security_updates > 0 then 'fail'
            when pending_security_updates is null or package_lists_at is null then 'unknown'
            when security_source = 0 then 'unknown'
            when add_period(package_lists_at, :max_list_age) < day_start(:as_of_on) then 'unknown'
            else 'pass' end as result,
       case when pending_security_updates > 0 then null
            when pending_security_updates is null or package_lists_at is null
            then 'reason.no_update_lists'
            when security_source = 0 then 'reason.no_security_source'
            when add_period(package_lists_at, :max_list_age) < day_start(:as_of_on)
            then 'reason.update_lists_old' end as reason
from host
