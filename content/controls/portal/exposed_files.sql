-- Every portal that was visited: none of the files of the fixed list is served.
select fact_id as fact, portal as subject, exposed_paths as observed,
       case when exposed_count is null then 'unknown' when exposed_count > 0 then 'fail'
            else 'pass' end as result,
       case when exposed_count is null then 'reason.network.portal_silent'
            when exposed_count > 0 then 'reason.network.files_exposed' end as reason
from portal_check
