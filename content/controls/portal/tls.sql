-- Every portal that was visited: served over TLS of a version that still holds, old versions off,
-- with a certificate that is in force for the margin ahead, names the host and is trusted.
select fact_id as fact, portal as subject,
       case when https = 0 then 'http'
            when tls_version not in (select value from json_each(:tls_versions)) then tls_version
            when old_tls = 1 then 'observed.portal.old_tls'
            when certificate_ends_at < add_period(day_start(:as_of_on), :margin)
            then substr(local_time(certificate_ends_at), 7)
            when certificate_name_matches = 0 or certificate_trusted = 0 then certificate_subject
            else tls_version end as observed,
       case when https = 0 then 'fail'
            when tls_version is null then 'unknown'
            when tls_version not in (select value from json_each(:tls_versions)) then 'fail'
            when old_tls = 1 then 'fail'
            when certificate_ends_at < add_period(day_start(:as_of_on), :margin) then 'fail'
            when certificate_name_matches = 0 or certificate_trusted = 0 then 'fail'
            when certificate_ends_at is null or certificate_name_matches is null
              or certificate_trusted is null or old_tls is null then 'unknown'
            else 'pass' end as result,
       case when https = 0 then 'reason.network.no_https'
            when tls_version is null then 'reason.network.tls_not_read'
            when tls_version not in (select value from json_each(:tls_versions)) or old_tls = 1
            then 'reason.network.tls_old'
            when certificate_ends_at < day_start(:as_of_on) then 'reason.certificate_ended'
            when certificate_ends_at < add_period(day_start(:as_of_on), :margin)
            then 'reason.certificate_ends_soon'
            when certificate_name_matches = 0 then 'reason.network.certificate_name'
            when certificate_trusted = 0 then 'reason.network.certificate_untrusted'
            when certificate_ends_at is null or certificate_name_matches is null
            then 'reason.network.tls_not_read'
            when old_tls is null then 'reason.network.tls_not_read'
            when certificate_trusted is null then 'reason.network.no_authorities' end as reason
from portal_check
