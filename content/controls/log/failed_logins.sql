-- Every machine whose log was read: in the last days judged no account of it saw more failed log-ins
-- in one day than are borne. Names the machine does not know are counted together and set aside:
-- everything on the Internet sees those. A log of few failures does not decide alone.
with worst as (
  select source, max(failures_count) as most from login_failure
  where coalesce(account, '') <> '' and failed_on <= :as_of_on
        and add_period(day_start(failed_on), :within) >= day_start(:as_of_on)
  group by source)
select s.fact_id as fact, s.source as subject, w.most as observed,
       case when w.most > :max_failures then 'fail'
            when s.last_seen_at is null then 'unknown'
            else 'pass' end as result,
       case when w.most > :max_failures then 'reason.log.many_failures'
            when s.last_seen_at is null then 'reason.log.no_time' end as reason
from log_seen s left join worst w on w.source = s.source
