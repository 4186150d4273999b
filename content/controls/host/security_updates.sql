-- Every machine. What is missing is only known as of the machine's own update lists: a missing
-- patch counts whatever their age, "nothing missing" only when they are fresh and the system still
-- gets patches. A build behind a monthly update that came out long ago lacks it, whatever a server
-- approves; a machine that has not searched for long is behind.
with said as (
  select fact_id, host, os_version, pending_security_updates as pending, missed_update_on as missed,
         package_lists_at as lists_at,
         coalesce(add_period(day_start(missed_update_on), :max_update_delay) <
                  day_start(:as_of_on), 0) as behind,
         case when pending_security_updates > 0 then 'pending'
              when package_lists_at > :as_of then 'reason.date_in_future'
              when add_period(package_lists_at, :max_search_age) < day_start(:as_of_on)
              then 'reason.updates_not_searched'
              when update_source = 'none' then 'reason.updates_switched_off'
              when add_period(day_start(missed_update_on), :max_update_delay) <
                   day_start(:as_of_on)
              then 'reason.build_behind'
              when pending_security_updates is null or package_lists_at is null
              then 'reason.no_update_lists'
              when security_source = 0 then 'reason.no_security_source'
              when os_support_ends_on < :as_of_on and not (os_id = 'debian'
                   and coalesce(os_extended_support_ends_on, '') >= :as_of_on)
              then 'reason.updates_after_support'
              when add_period(package_lists_at, :max_list_age) < day_start(:as_of_on)
              then 'reason.update_lists_old' end as word
  from host)
select fact_id as fact, host as subject,
       case when word = 'reason.build_behind' or (word = 'reason.updates_switched_off' and behind)
            then os_version || ' (' || missed || ')'
            when word = 'reason.updates_not_searched' then substr(local_time(lists_at), 7)
            else pending end as observed,
       case when word is null then 'pass'
            when word in ('pending', 'reason.build_behind', 'reason.updates_not_searched')
                 or (word = 'reason.updates_switched_off' and behind) then 'fail'
            else 'unknown' end as result,
       case when word <> 'pending' then word end as reason
from said
