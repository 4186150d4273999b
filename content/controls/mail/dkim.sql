-- Every DKIM selector the agency named: a key for mail is published, in force (no t=y), not bound to
-- SHA-1 and long enough (NIST SP 800-131A asks 2048 bits of RSA; RFC 8301 recommends them). Selectors cannot be listed from outside: none named
-- is unknown.
select fact_id as fact, case when name = '' then domain else name || '._domainkey.' || domain end
         as subject,
       dkim_key_type || coalesce(' ' || dkim_key_bits || ' bit', '') as observed,
       case when state in ('absent', 'several', 'malformed', 'revoked', 'not_for_mail') then 'fail'
            when state <> 'found' or dkim_key_type is null then 'unknown'
            when dkim_testing = 1 or dkim_old_hash = 1 then 'fail'
            when dkim_testing is null or dkim_old_hash is null then 'unknown'
            when dkim_key_type <> 'RSA' then 'pass'
            when dkim_key_bits is null then 'unknown'
            when dkim_key_bits < :min_rsa_bits then 'fail'
            else 'pass' end as result,
       case when state = 'absent' then 'reason.network.dkim_absent'
            when state = 'several' then 'reason.network.several_records'
            when state = 'malformed' then 'reason.network.record_malformed'
            when state = 'revoked' then 'reason.network.dkim_revoked'
            when state = 'not_for_mail' then 'reason.network.dkim_not_for_mail'
            when state = 'not_named' then 'reason.network.dkim_no_selector'
            when state <> 'found' or dkim_key_type is null then 'reason.network.no_answer'
            when dkim_testing = 1 then 'reason.network.dkim_testing'
            when dkim_old_hash = 1 then 'reason.network.dkim_old_hash'
            when dkim_testing is null or dkim_old_hash is null
            then 'reason.network.dkim_key_unread'
            when dkim_key_type = 'RSA' and dkim_key_bits < :min_rsa_bits
            then 'reason.network.dkim_short'
            when dkim_key_type = 'RSA' and dkim_key_bits is null
            then 'reason.network.dkim_key_unread' end as reason
from mail_domain where item = 'dkim'
