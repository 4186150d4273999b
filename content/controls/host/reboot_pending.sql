-- Every machine: an installed patch works only after the restart it waits for.
select fact_id as fact, host as subject, booted_at as observed_at,
       case when reboot_required is null then 'unknown'
            when reboot_required = 1 then 'fail' else 'pass' end as result,
       case when reboot_required = 1 then 'reason.restart_awaited' end as reason
from host
