-- The last exercise of any response plan is young enough.
with newest as (
  select fact_id, title, tested_on,
         row_number() over (order by coalesce(tested_on, '') desc, fact_id desc) as place
  from plan where kind = 'response' and coalesce(tested_on, '') <= :as_of_on)
select fact_id as fact, title as subject, tested_on as observed,
       case when tested_on is null then 'unknown'
            when add_period(day_start(tested_on), :max_age) < day_start(:as_of_on) then 'fail'
            else 'pass' end as result,
       case when tested_on is null then 'reason.register.never_exercised'
            when add_period(day_start(tested_on), :max_age) < day_start(:as_of_on)
            then 'reason.register.exercise_old' end as reason
from newest where place = 1
