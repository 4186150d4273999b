-- Every certificate that is not revoked: still valid, its token has a keeper, its first PIN was
-- replaced.
with judged as (
  select fact_id, holder || ' (' || serial || ')' as subject, ends_on as observed, revoked,
         case when ends_on < :as_of_on then 'reason.certificate_ended'
              when custody is null and not exists (select 1 from collection_table
                              where table_name = 'sign_certificate'
                                    and json_extract(gaps, '$.custody') is not null)
              then 'reason.register.no_custody'
              when pin_changed_on is null and not exists (select 1 from collection_table
                              where table_name = 'sign_certificate'
                                    and json_extract(gaps, '$.pin_changed_on') is not null)
              then 'reason.register.pin_not_changed' end as bad,
         case when ends_on is null then 'reason.no_certificate_end'
              when custody is null or pin_changed_on is null then 'reason.register.no_column'
              when pin_changed_on > :as_of_on then 'reason.date_in_future' end as doubt
  from sign_certificate)
select fact_id as fact, subject, observed,
       case when revoked = 1 then 'not_applicable' when bad is not null then 'fail'
            when doubt is not null then 'unknown' else 'pass' end as result,
       case when coalesce(revoked, 0) = 0 then coalesce(bad, doubt) end as reason
from judged
