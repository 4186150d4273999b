-- Everything that is backed up: the newest copy is young, one copy is offline, one lies in a second
-- place, and a restore was tried within the period.
with judged as (
  select fact_id, what as subject, finished_at, restored_on,
         case when add_period(finished_at, :max_age) < day_start(:as_of_on)
              then 'reason.register.copy_old'
              when offline = 0 then 'reason.register.no_offline_copy'
              when second_place is null and not exists (select 1 from collection_table
                              where table_name = 'backup'
                                    and json_extract(gaps, '$.second_place') is not null)
              then 'reason.register.no_second_place'
              when restored_on is null and not exists (select 1 from collection_table
                              where table_name = 'backup'
                                    and json_extract(gaps, '$.restored_on') is not null)
              then 'reason.register.never_restored'
              when add_period(day_start(restored_on), :restore_within) < day_start(:as_of_on)
              then 'reason.register.restore_old' end as bad,
         case when finished_at is null then 'reason.register.no_copy_date'
              when finished_at > :as_of or restored_on > :as_of_on then 'reason.date_in_future'
              when offline is null then 'reason.register.offline_not_stated'
              when second_place is null or restored_on is null then 'reason.register.no_column'
              end as doubt
  from backup)
select fact_id as fact, subject,
       case bad when 'reason.register.copy_old' then substr(local_time(finished_at), 7)
                else restored_on end as observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
