-- Every warning of the period: enough of those it was for signed or confirmed, and a list shows it.
-- Older ones do not count; when there are only older ones, the newest of them is late.
with ranked as (
  select *, add_period(day_start(held_on), :max_age) >= day_start(:as_of_on) as recent,
         row_number() over (order by held_on desc, fact_id desc) as place
  from awareness_session where kind = 'warning'),
judged as (
  select fact_id, topic as subject, held_on, recent, reached_count, invited_count,
         recent = 0 and (place > 1 or exists (select 1 from ranked r where r.recent = 1)) as past,
         case when recent = 0 then 'reason.register.warning_old'
              when reached_count * 100 < invited_count * :reach_percent
              then 'reason.register.too_few_reached' end as bad,
         case when held_on > :as_of_on then 'reason.date_in_future'
              when invited_count is null or reached_count is null
              then 'reason.register.reach_not_counted'
              when list_file is null then 'reason.register.no_list' end as doubt
  from ranked)
select fact_id as fact, subject,
       case bad when 'reason.register.too_few_reached' then reached_count || '/' || invited_count
                else held_on end as observed,
       case when past = 1 then 'not_applicable' when bad is not null then 'fail'
            when doubt is not null then 'unknown' else 'pass' end as result,
       case when past = 0 then coalesce(bad, doubt) end as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_warning'
where not exists (select fact_id from judged)
