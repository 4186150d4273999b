-- Every folder or listing of backups: its newest file that holds something is young enough. A place
-- with no such file has no backup. Restoring is not seen here, so a pass does not decide alone.
select fact_id as fact, what as subject, newest_at as observed_at,
       case when files_count = 0 or (files_count > 0 and newest_at is null) then 'fail'
            when files_count is null or newest_at > :as_of then 'unknown'
            when add_period(newest_at, :max_age) >= day_start(:as_of_on) then 'pass'
            else 'fail' end as result,
       case when files_count is null then 'reason.value_missing'
            when files_count = 0 or newest_at is null then 'reason.backup.no_file'
            when newest_at > :as_of then 'reason.date_in_future'
            when add_period(newest_at, :max_age) < day_start(:as_of_on) then 'reason.backup.old' end as reason
from backup_copy
