-- Every line: its provider confirms that it stays clear and stable. The word of a provider is no
-- measurement, so a pass alone does not decide.
with judged as (
  select fact_id, provider || ': ' || serves as subject, reply as observed,
         case when stable = 0 then 'reason.register.line_not_stable' end as bad,
         case when asked_on is null then 'reason.register.not_asked'
              when answered_on is null then 'reason.register.answer_awaited'
              when answered_on > :as_of_on then 'reason.date_in_future'
              when add_period(day_start(answered_on), :max_age) < day_start(:as_of_on)
              then 'reason.register.answer_old'
              when stable is null then 'reason.register.answer_unclear' end as doubt
  from provider where kind = 'telecom')
select fact_id as fact, subject, observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_telecom_provider'
where not exists (select fact_id from judged)
