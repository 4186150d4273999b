-- Every domain: exactly one SPF record that tells what becomes of servers it does not list and that
-- receivers can follow (at most ten questions, two of them about names that are not there, RFC 7208
-- 4.6.4). No answer is unknown, never absent.
select fact_id as fact, domain as subject,
       record || coalesce(' (' || spf_open_by || ')', '') as observed,
       case when state in ('absent', 'several', 'malformed') then 'fail'
            when state <> 'found' or spf_all is null then 'unknown'
            when spf_all not in (select value from json_each(:allowed_all)) then 'fail'
            when spf_lookup_count is null then 'unknown'
            when spf_lookup_count > :max_lookups then 'fail'
            when spf_void_count is null then 'unknown'
            when spf_void_count > :max_voids then 'fail'
            else 'pass' end as result,
       case when state = 'absent' then 'reason.network.spf_absent'
            when state = 'several' then 'reason.network.several_records'
            when state = 'malformed' then 'reason.network.record_malformed'
            when state <> 'found' then 'reason.network.no_answer'
            when spf_all is null then 'reason.network.spf_not_followed'
            when spf_all not in (select value from json_each(:allowed_all))
            then 'reason.network.spf_open'
            when spf_lookup_count is null then 'reason.network.spf_not_followed'
            when spf_lookup_count > :max_lookups then 'reason.network.spf_lookups'
            when spf_void_count is null then 'reason.network.spf_not_followed'
            when spf_void_count > :max_voids then 'reason.network.spf_voids' end as reason
from mail_domain where item = 'spf'
