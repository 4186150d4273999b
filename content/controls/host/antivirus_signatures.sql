-- Every machine with a product: the newest signatures are young enough. A machine without one is the
-- matter of host.antivirus_active.
with product as (
  select host, max(signatures_at) as newest, count(*) as products from antivirus
  where coalesce(active, 1) = 1 group by host),
machine as (
  select h.fact_id, h.host, p.newest, p.products,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join product p on p.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'antivirus'
       left join reading listed on listed.host = '' and listed.table_name = 'antivirus')
select fact_id as fact, host as subject, newest as observed_at,
       case when newest > :as_of then 'unknown'
            when add_period(newest, :signature_max_age) >= day_start(:as_of_on) then 'pass'
            when newest is not null then 'fail'
            when products is null and known = 2 then 'not_applicable'
            else 'unknown' end as result,
       case when newest > :as_of then 'reason.date_in_future'
            when newest is not null then null
            when products is null and known < 2 then 'reason.not_read_on_machine'
            else 'reason.no_signature_date' end as reason
from machine
