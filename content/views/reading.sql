-- How well each table was read of each machine (host '' = lists about no single machine): 2 whole,
-- 1 in part, 0 not at all. A machine without a row was not asked.
select c.host as host, t.table_name as table_name,
       max(case t.status when 'complete' then 2 when 'partial' then 1 else 0 end) as known
from collection_table t join collection c on c.collection_id = t.collection_id
group by c.host, t.table_name
