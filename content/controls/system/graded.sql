-- Every system of the register has a grade from 1 to 5 that a decision approved.
with judged as (
  select fact_id, name as subject, security_grade as observed,
         case when security_grade is null and not exists (select 1 from collection_table
                              where table_name = 'system'
                                    and json_extract(gaps, '$.security_grade') is not null)
              then 'reason.register.no_grade'
              when security_grade not between 1 and 5 then 'reason.register.grade_out_of_range'
              when security_grade is not null and grade_decision is null
              then 'reason.register.grade_not_approved' end as bad,
         case when security_grade is null then 'reason.register.no_column'
              when graded_on is null then 'reason.register.paper_without_date'
              when graded_on > :as_of_on then 'reason.date_in_future' end as doubt
  from system)
select fact_id as fact, subject, observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
