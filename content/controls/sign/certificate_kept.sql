-- Every certificate that is not revoked: still valid, its token has a keeper, its first PIN was
-- replaced. One that a machine's store names knows neither keeper nor PIN; when a register has the
-- same serial number, the register answers for it.
with own as (
  select s.*, fold_vi(replace(replace(coalesce(s.serial, ''), ' ', ''), ':', '')) as number,
         exists (select 1 from collection_table t
                 where t.collection_id = s.collection_id and t.table_name = 'sign_certificate'
                       and json_extract(t.gaps, '$.custody') is not null) as no_custody,
         exists (select 1 from collection_table t
                 where t.collection_id = s.collection_id and t.table_name = 'sign_certificate'
                       and json_extract(t.gaps, '$.pin_changed_on') is not null) as no_pin
  from sign_certificate s),
judged as (
  select fact_id, holder || ' (' || serial || ')' as subject, ends_on as observed, revoked,
         coalesce(host, '') <> '' and number in (select r.number from own r
                                                 where coalesce(r.host, '') = '') as registered,
         case when ends_on < :as_of_on then 'reason.certificate_ended'
              when custody is null and not no_custody then 'reason.register.no_custody'
              when pin_changed_on is null and not no_pin
              then 'reason.register.pin_not_changed' end as bad,
         case when ends_on is null then 'reason.no_certificate_end'
              when custody is null or pin_changed_on is null then 'reason.register.no_column'
              when pin_changed_on > :as_of_on then 'reason.date_in_future' end as doubt
  from own)
select fact_id as fact, subject, observed,
       case when revoked = 1 or registered then 'not_applicable' when bad is not null then 'fail'
            when doubt is not null then 'unknown' else 'pass' end as result,
       case when coalesce(revoked, 0) = 0 and not registered then coalesce(bad, doubt) end as reason
from judged
