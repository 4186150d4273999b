-- Every system that holds personal data: measures are written down and there is a record of it.
with judged as (
  select fact_id, name as subject, data_subjects as observed, personal_data,
         case when personal_measures is null and not exists (select 1 from collection_table
                              where table_name = 'system'
                                    and json_extract(gaps, '$.personal_measures') is not null)
              then 'reason.register.no_personal_measures' end as bad,
         case when personal_measures is null then 'reason.register.no_column'
              when personal_record is null then 'reason.register.no_personal_record' end as doubt
  from system)
select fact_id as fact, subject, observed,
       case when personal_data is null then 'unknown' when personal_data = 0 then 'not_applicable'
            when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       case when personal_data is null then 'reason.register.personal_not_stated'
            when personal_data = 1 then coalesce(bad, doubt) end as reason
from judged
