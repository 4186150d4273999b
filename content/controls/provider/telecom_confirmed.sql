-- Every line or Internet service: a contract in force, somebody to call, and the provider's answer
-- that it reviewed its systems and network. Not asked, or asked just now, is not known yet.
with judged as (
  select fact_id, provider || ': ' || serves as subject, contract, valid_until_on, asked_on, reply,
         case when contract is null then 'reason.register.no_contract'
              when valid_until_on < :as_of_on then 'reason.register.contract_ended'
              when contact is null and phone is null then 'reason.register.no_contact'
              when reviewed = 0 then 'reason.register.not_reviewed_by_provider'
              when answered_on is null
                   and add_period(day_start(asked_on), :answer_within) < day_start(:as_of_on)
              then 'reason.register.provider_silent' end as bad,
         case when asked_on is null then 'reason.register.not_asked'
              when answered_on is null then 'reason.register.answer_awaited'
              when answered_on > :as_of_on then 'reason.date_in_future'
              when add_period(day_start(answered_on), :max_age) < day_start(:as_of_on)
              then 'reason.register.answer_old'
              when reviewed is null then 'reason.register.answer_unclear' end as doubt
  from provider where kind = 'telecom')
select fact_id as fact, subject,
       case bad when 'reason.register.contract_ended' then valid_until_on
                when 'reason.register.no_contact' then contract
                when 'reason.register.provider_silent' then asked_on
                else reply end as observed,
       case when bad is not null then 'fail' when doubt is not null then 'unknown'
            else 'pass' end as result,
       coalesce(bad, doubt) as reason
from judged
union all
select 0, '', null, 'unknown', 'reason.register.no_telecom_provider'
where not exists (select fact_id from judged)
