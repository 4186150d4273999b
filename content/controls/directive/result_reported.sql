-- This very order, found in the register: its result was reported, in time where the order sets a
-- day, and late units were reminded.
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
  select fact_id, label as subject, case when reported_on > due_on then reported_on
              else coalesce(report_number, reported_on) end as observed,
         case when reported_on > due_on then 'reason.register.reported_late'
              when reported_on is null and coalesce(due_on, '') < :as_of_on
                   and not exists (select 1 from collection_table
                              where table_name = 'order_log'
                                    and json_extract(gaps, '$.reported_on') is not null)
              then 'reason.register.not_reported'
              when receipts_count < units_count and reminded_on is null
              then 'reason.register.no_reminder' end as bad,
         case when reported_on is null then 'reason.register.report_not_due'
              when reported_on > :as_of_on then 'reason.date_in_future'
              when report_number is null then 'reason.register.paper_without_number' end as doubt
  from mine)
select fact_id as fact, subject, observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
union all
select fact_id, label, null, 'unknown', 'reason.register.order_not_listed'
from head h where not exists (select 1 from mine m where m.fact_id = h.fact_id)
