-- Every machine. Debian's long-term support is free for all and counts; a paid extension (ESM, ESU)
-- counts only when somebody shows that it was bought, so such a machine is unknown.
select fact_id as fact, host as subject,
       case when os_support_ends_on is null and os_support_table_on is not null
            then trim(coalesce(os_name, os_id, '') || ' ' || coalesce(os_version, '')) ||
                 ' (' || os_support_table_on || ')'
            else trim(coalesce(os_name, os_id, '') ||
                      coalesce(' (' || coalesce(os_extended_support_ends_on,
                                                os_support_ends_on) || ')', '')) end as observed,
       case when os_support_ends_on is null then 'unknown'
            when os_support_ends_on >= :as_of_on then 'pass'
            when coalesce(os_extended_support_ends_on, '') < :as_of_on then 'fail'
            when os_id = 'debian' then 'pass'
            else 'unknown' end as result,
       case when os_support_ends_on is null and os_support_table_on is not null
            then 'reason.support_not_in_table'
            when os_support_ends_on is null then 'reason.support_end_not_known'
            when os_support_ends_on < :as_of_on and os_extended_support_ends_on >= :as_of_on
            then 'reason.extended_support_not_shown' end as reason
from host
