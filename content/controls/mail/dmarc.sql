-- Every domain: one DMARC record (RFC 7489) whose policy stops forged mail, for the domain and its
-- subdomains, for all of the mail. No answer is unknown, never absent.
select fact_id as fact, domain as subject,
       record || coalesce(' (' || dmarc_inherited_from || ')', '') as observed,
       case when state in ('absent', 'several', 'malformed') then 'fail'
            when state <> 'found' or dmarc_policy is null then 'unknown'
            when dmarc_policy not in (select value from json_each(:policies)) then 'fail'
            when dmarc_subdomain_policy not in (select value from json_each(:policies)) then 'fail'
            when dmarc_percent is null then 'unknown'
            when dmarc_percent < :min_percent then 'fail'
            else 'pass' end as result,
       case when state = 'absent' then 'reason.network.dmarc_absent'
            when state = 'several' then 'reason.network.several_records'
            when state = 'malformed' then 'reason.network.record_malformed'
            when state <> 'found' or dmarc_policy is null then 'reason.network.no_answer'
            when dmarc_policy not in (select value from json_each(:policies))
              or dmarc_subdomain_policy not in (select value from json_each(:policies))
            then 'reason.network.dmarc_lets_through'
            when dmarc_percent is null then 'reason.network.record_malformed'
            when dmarc_percent < :min_percent then 'reason.network.dmarc_part' end as reason
from mail_domain where item = 'dmarc'
