-- Every portal: its posts were looked at lately and nothing bad was left. That somebody looked does
-- not show what is there, so a pass alone does not decide.
with judged as (
  select fact_id, portal as subject, content_checked_on, bad_content_count,
         case when bad_content_count > 0 then 'reason.register.bad_content_left'
              when add_period(day_start(content_checked_on), :max_age) < day_start(:as_of_on)
              then 'reason.register.content_check_old' end as bad,
         case when content_checked_on is null then 'reason.register.no_content_check'
              when content_checked_on > :as_of_on then 'reason.date_in_future' end as doubt
  from portal)
select fact_id as fact, subject,
       case bad when 'reason.register.bad_content_left' then bad_content_count
                else content_checked_on end as observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
