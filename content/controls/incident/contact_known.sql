-- Every contact for this purpose: can be called or written to, and was tried within the period.
with judged as (
  select fact_id, unit as subject, checked_on as observed,
         case when phone is null and mail is null then 'reason.register.no_contact' end as bad,
         case when checked_on is null then 'reason.register.contact_not_tried'
              when checked_on > :as_of_on then 'reason.date_in_future'
              when add_period(day_start(checked_on), :max_age) < day_start(:as_of_on)
              then 'reason.register.contact_not_tried' end as doubt
  from support_contact where coalesce(purpose, 'both') in ('incident', 'both'))
select fact_id as fact, subject, observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_contact_listed'
where not exists (select fact_id from judged)
