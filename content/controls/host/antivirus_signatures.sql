-- Every machine with a product: the newest signatures of what protects it are young enough. A
-- product of unknown state can make old ones of another uncertain, never young. A machine without
-- one is the matter of host.antivirus_active.
with product as (
  select host, count(*) as products, sum(active = 1) as on_count,
         max(case when active = 1 and coalesce(signatures_current, 1) = 1
                  then signatures_at end) as newest,
         max(case when active = 1 then signatures_at end) as shown,
         sum(active = 1 and coalesce(signatures_current, 1) = 1) as not_old,
         max(case when active is null then signatures_at end) as maybe
  from antivirus where coalesce(active, 1) = 1 group by host),
machine as (
  select h.fact_id, h.host, p.newest, p.shown, p.maybe, p.products, p.on_count, p.not_old,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join product p on p.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'antivirus'
       left join reading listed on listed.host = '' and listed.table_name = 'antivirus'),
aged as (
  select *, add_period(newest, :signature_max_age) >= day_start(:as_of_on) as young,
         add_period(maybe, :signature_max_age) >= day_start(:as_of_on) as maybe_young
  from machine),
said as (
  select *, case when max(coalesce(newest, 0), coalesce(maybe, 0)) > :as_of
                 then 'reason.date_in_future'
                 when young then 'pass'
                 when maybe_young then 'reason.antivirus_state_not_read'
                 when on_count > 0 and not_old = 0 then 'reason.signatures_outdated'
                 when newest is not null then 'old'
                 when on_count > 0 then 'reason.no_signature_date'
                 when maybe is not null then 'old'
                 when products is null and known = 2 then 'none'
                 when products is null then 'reason.not_read_on_machine'
                 else 'reason.no_signature_date' end as word
  from aged)
select fact_id as fact, host as subject, coalesce(newest, shown, maybe) as observed_at,
       case when word = 'pass' then 'pass'
            when word in ('old', 'reason.signatures_outdated') then 'fail'
            when word = 'none' then 'not_applicable'
            else 'unknown' end as result,
       case when word not in ('pass', 'old', 'none') then word end as reason
from said
