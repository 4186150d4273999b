-- Every firewall of the network: works, refuses what no rule allows, logs, has a licence and fresh
-- attack signatures. One thing wrong fails it; one thing not stated leaves it unknown. No such
-- firewall in the facts is unknown too: the agency may have one that nobody listed.
with device as (
  select fact_id, coalesce(nullif(host, ''), product) as name, product,
         licence_ends_on, signatures_at,
         active = 0 or inbound_default = 'accept' or logging = 0
           or licence_ends_on < :as_of_on
           or add_period(signatures_at, :max_signature_age) < day_start(:as_of_on) as bad,
         case when active = 0 then 'reason.firewall_off'
              when inbound_default = 'accept' then 'reason.firewall_allows_all'
              when logging = 0 then 'reason.firewall_no_log'
              when licence_ends_on < :as_of_on then 'reason.licence_ended'
              when add_period(signatures_at, :max_signature_age) < day_start(:as_of_on)
              then 'reason.signatures_old'
              when active is null or inbound_default is null then 'reason.firewall_state_not_read'
              when logging is null then 'reason.firewall_log_not_stated'
              when licence_ends_on is null then 'reason.no_licence_end'
              when signatures_at is null then 'reason.no_signature_date'
              when signatures_at > :as_of then 'reason.date_in_future' end as reason
  from firewall where scope = 'network')
select fact_id as fact, name as subject,
       case reason when 'reason.licence_ended' then licence_ends_on
                   when 'reason.signatures_old' then substr(local_time(signatures_at), 7)
                   else product end as observed,
       case when bad = 1 then 'fail' when reason is not null then 'unknown' else 'pass' end as result,
       reason
from device
union all
select 0, '', '', 'unknown', 'reason.no_network_firewall'
where not exists (select 1 from firewall where scope = 'network')
