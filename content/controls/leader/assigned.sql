-- Every assignment that is in use: it stands on a decision that is dated and in force. An ended one
-- counts only while nobody followed in the same role. A role without any assignment is not known.
with state as (
  select fact_id, role, person, decision, decided_on,
         coalesce(valid_until_on, '9999') < :as_of_on as ended
  from assignment),
judged as (
  select s.fact_id, s.person as subject, s.decision as observed,
         s.ended = 1 and exists (select 1 from state o where o.role = s.role and o.ended = 0)
           as replaced,
         case when s.ended = 1 then 'reason.register.assignment_ended'
              when s.decision is null then 'reason.register.no_decision' end as bad,
         case when s.decided_on is null then 'reason.register.paper_without_date'
              when s.decided_on > :as_of_on then 'reason.date_in_future' end as doubt
  from state s)
select fact_id as fact, subject, observed,
       case when replaced = 1 then 'not_applicable' when bad is not null then 'fail'
            when doubt is not null then 'unknown' else 'pass' end as result,
       case when replaced = 0 then coalesce(bad, doubt) end as reason
from judged
union all
select 0, '', null, 'unknown',
       case p.value when 'leader' then 'reason.register.no_leader'
                    when 'officer' then 'reason.register.no_officer'
                    when 'system_administrator' then 'reason.register.no_administrator'
                    else 'reason.register.no_assignment' end
from json_each(:positions) p
where not exists (select 1 from assignment a where a.role = p.value)
