-- Every mail server of the domain: encrypts the connection when asked, with a version that still
-- holds, old versions off. A server that could not be reached is unknown: port 25 is often closed on the way.
select fact_id as fact, case when name = '' then domain else name end as subject,
       case when old_tls = 1 then 'observed.portal.old_tls' else tls_version end as observed,
       case when state = 'no_mail' then 'not_applicable'
            when state <> 'found' or starttls is null then 'unknown'
            when starttls = 0 then 'fail'
            when tls_version is null then 'unknown'
            when tls_version not in (select value from json_each(:tls_versions)) or old_tls = 1
            then 'fail'
            when old_tls is null then 'unknown'
            else 'pass' end as result,
       case when state = 'no_mail' then null
            when state = 'absent' then 'reason.network.mx_absent'
            when state = 'unreadable' and name = '' then 'reason.network.no_answer'
            when state <> 'found' or starttls is null then 'reason.network.mx_silent'
            when starttls = 0 then 'reason.network.no_starttls'
            when tls_version is null then 'reason.network.tls_not_read'
            when tls_version not in (select value from json_each(:tls_versions)) or old_tls = 1
            then 'reason.network.tls_old'
            when old_tls is null then 'reason.network.tls_not_read' end as reason
from mail_domain where item = 'mx'
