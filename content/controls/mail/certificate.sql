-- Every mail server that encrypts: its certificate is in force for the margin ahead, names the
-- server and comes from a known authority. Servers without STARTTLS are another control's matter.
select fact_id as fact, case when name = '' then domain else name end as subject,
       certificate_ends_at as observed_at,
       case when state = 'no_mail' or starttls = 0 then 'not_applicable'
            when state <> 'found' or starttls is null then 'unknown'
            when certificate_ends_at < add_period(day_start(:as_of_on), :margin) then 'fail'
            when certificate_name_matches = 0 or certificate_trusted = 0 then 'fail'
            when certificate_ends_at is null or certificate_name_matches is null
              or certificate_trusted is null then 'unknown'
            else 'pass' end as result,
       case when state = 'no_mail' or starttls = 0 then null
            when state = 'absent' then 'reason.network.mx_absent'
            when state = 'unreadable' and name = '' then 'reason.network.no_answer'
            when state <> 'found' or starttls is null then 'reason.network.mx_silent'
            when certificate_ends_at < day_start(:as_of_on) then 'reason.certificate_ended'
            when certificate_ends_at < add_period(day_start(:as_of_on), :margin)
            then 'reason.certificate_ends_soon'
            when certificate_name_matches = 0 then 'reason.network.certificate_name'
            when certificate_trusted = 0 then 'reason.network.certificate_untrusted'
            when certificate_ends_at is null or certificate_name_matches is null
            then 'reason.network.tls_not_read'
            when certificate_trusted is null then 'reason.network.no_authorities' end as reason
from mail_domain where item = 'mx'
