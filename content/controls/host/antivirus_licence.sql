-- Planned when the order asks for a licensed product. Every machine with one: its licence has not
-- ended. A free product is unknown: whether an agency may use it, a person must confirm.
with product as (
  select host, max(licence_ends_on) as ends_on, min(licence) as licence,
         sum(coalesce(licence, '') <> 'free') as bought, count(*) as products
  from antivirus where coalesce(active, 1) = 1 group by host),
machine as (
  select h.fact_id, h.host, p.ends_on, p.licence, p.bought, p.products,
         max(coalesce(own.known, 0), coalesce(listed.known, 0)) as known
  from host h left join product p on p.host = h.host
       left join reading own on own.host = h.host and own.host <> ''
            and own.table_name = 'antivirus'
       left join reading listed on listed.host = '' and listed.table_name = 'antivirus')
select fact_id as fact, host as subject, coalesce(ends_on, 'observed.licence.' || licence) as observed,
       case when ends_on >= :as_of_on then 'pass'
            when ends_on is not null then 'fail'
            when products is null and known = 2 then 'not_applicable'
            else 'unknown' end as result,
       case when ends_on is not null then null
            when products is null then 'reason.not_read_on_machine'
            when bought = 0 then 'reason.free_product'
            else 'reason.no_licence_end' end as reason
from machine
where :licensed <> 'false'
