-- Every signature of the documents that were read: what it signed is unchanged, its certificate is one
-- for signing papers with keys that still hold, was valid at the time it claims and is valid now (or a
-- time stamp proves the time), and nothing but signatures and evidence was added after it. Whether the
-- chain ends in a trusted root is not looked at, so a pass does not decide alone.
select fact_id as fact, document || ' #' || coalesce(number, 0) as subject, signer as observed,
       case when coalesce(signed, 1) = 0 then 'not_applicable'
            when intact = 0 or problems <> '' then 'fail'
            when signed_at < valid_from_at or signed_at > valid_to_at or valid_from_at > :as_of then 'fail'
            when intact is null or later_change is null then 'unknown'
            when later_change not in ('none', 'evidence', 'signing') then 'unknown'
            when problems is null or signed_at is null then 'unknown'
            when valid_to_at < :as_of and coalesce(stamped_at > valid_to_at, 1) then 'unknown'
            else 'pass' end as result,
       case when coalesce(signed, 1) = 0 then null
            when intact = 0 then coalesce(reason, 'reason.sign.digest_differs')
            when instr(',' || problems || ',', ',revoked,') > 0 then 'reason.sign.revoked'
            when instr(',' || problems || ',', ',docmdp_broken,') > 0 then 'reason.sign.docmdp_broken'
            when instr(',' || problems || ',', ',left_out,') > 0 then 'reason.sign.left_out'
            when instr(',' || problems || ',', ',self_signed,') > 0 then 'reason.sign.self_signed'
            when instr(',' || problems || ',', ',chain_broken,') > 0 then 'reason.sign.chain_broken'
            when instr(',' || problems || ',', ',wrong_usage,') > 0 then 'reason.sign.wrong_usage'
            when instr(',' || problems || ',', ',weak_digest,') > 0 then 'reason.sign.weak_digest'
            when instr(',' || problems || ',', ',weak_key,') > 0 then 'reason.sign.weak_key'
            when signed_at < valid_from_at or signed_at > valid_to_at or valid_from_at > :as_of
            then 'reason.sign.outside_validity'
            when intact is null then coalesce(reason, 'reason.sign.value_broken')
            when later_change is null or later_change not in ('none', 'evidence', 'signing')
            then 'reason.sign.added_after'
            when signed_at is null then 'reason.sign.no_time'
            when problems is null then 'reason.sign.value_broken'
            when valid_to_at < :as_of and coalesce(stamped_at > valid_to_at, 1)
            then 'reason.sign.ended_since' end as reason
from document_signature
