-- Every hired security service: a contract in force and somebody to call.
with judged as (
  select fact_id, provider || ': ' || serves as subject, contract, valid_until_on,
         case when contract is null then 'reason.register.no_contract'
              when valid_until_on < :as_of_on then 'reason.register.contract_ended'
              when contact is null and phone is null then 'reason.register.no_contact' end as bad,
         case when valid_until_on is null then 'reason.register.no_contract_end' end as doubt
  from provider where kind = 'security_service')
select fact_id as fact, subject,
       case bad when 'reason.register.contract_ended' then valid_until_on
                else contract end as observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_security_provider'
where not exists (select fact_id from judged)
