-- Every signature of the documents that were read: what it signed is unchanged, the certificate was
-- valid at the time it claims, and nothing was added after the last one. Something added may be a
-- lawful time stamp or a form field, so it leaves the question open. Who issued the certificate and
-- whether it was revoked is not looked at: a pass does not decide alone.
select fact_id as fact, document || ' #' || coalesce(number, 0) as subject, signer as observed,
       case when coalesce(signed, 1) = 0 then 'not_applicable'
            when intact = 0 then 'fail'
            when signed_at < valid_from_at or signed_at > valid_to_at then 'fail'
            when intact is null or (last = 1 and coalesce(covers_document, 0) = 0) then 'unknown'
            when signed_at is null then 'unknown'
            else 'pass' end as result,
       case when coalesce(signed, 1) = 0 then null
            when intact = 0 then coalesce(reason, 'reason.sign.digest_differs')
            when signed_at < valid_from_at or signed_at > valid_to_at then 'reason.sign.outside_validity'
            when intact is null then coalesce(reason, 'reason.sign.value_broken')
            when last = 1 and coalesce(covers_document, 0) = 0 then 'reason.sign.added_after'
            when signed_at is null then 'reason.sign.no_time' end as reason
from document_signature
