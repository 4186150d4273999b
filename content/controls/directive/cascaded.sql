-- This very order, found in the register by its number (by symbol and date where the number is
-- blank): handed on by a document of the agency's own, and every unit confirmed. No units below:
-- done.
with head as (
  select fact_id, coalesce(nullif(number, ''), symbol) as label, due_on,
         replace(fold_vi(coalesce(number, '')), ' ', '') as key, coalesce(symbol, '') as symbol,
         coalesce(issued, '') as issued_on
  from dispatch_head where dispatch = :dispatch),
mine as (
  select h.fact_id, h.label, h.due_on, o.cascaded_on, o.cascade_number, o.units_count,
         o.receipts_count, o.reminded_on, o.reported_on, o.report_number
  from head h join order_log o
       on case when h.key <> '' then replace(fold_vi(o.number), ' ', '') = h.key
               else h.symbol <> '' and (fold_vi(o.number) = fold_vi(h.symbol)
                                        or glob_vi('*/' || h.symbol, o.number))
                    and substr(coalesce(o.issued_on, ''), 1, length(h.issued_on)) = h.issued_on
               end),
judged as (
  select fact_id, label as subject, cascade_number, units_count, receipts_count,
         case when cascaded_on is null and not exists (select 1 from collection_table
                              where table_name = 'order_log'
                                    and json_extract(gaps, '$.cascaded_on') is not null)
              then 'reason.register.not_cascaded'
              when receipts_count < units_count then 'reason.register.receipts_missing' end as bad,
         case when cascaded_on is null then 'reason.register.no_column'
              when cascaded_on > :as_of_on then 'reason.date_in_future'
              when units_count is null or receipts_count is null
              then 'reason.register.receipts_not_counted'
              when cascade_number is null then 'reason.register.paper_without_number' end as doubt
  from mine)
select fact_id as fact, subject,
       case bad when 'reason.register.receipts_missing' then receipts_count || '/' || units_count
                else cascade_number end as observed,
       case when units_count = 0 then 'not_applicable' when bad is not null then 'fail'
            when doubt is not null then 'unknown' else 'pass' end as result,
       case when coalesce(units_count, 1) <> 0 then coalesce(bad, doubt) end as reason
from judged
union all
select fact_id, label, null, 'unknown', 'reason.register.order_not_listed'
from head h where not exists (select 1 from mine m where m.fact_id = h.fact_id)
