-- What a roll-up reads stands in indices; its coverage is that of the house: decided by controls.
alter table assessed_dispatch add column by_controls integer not null default 0;  -- no attestation
update assessed_dispatch set by_controls = (select count(*) from assessed_measure m where
  m.assessment_id = assessed_dispatch.assessment_id and m.dispatch = position
  and m.verdict is not null
  and not exists (select 1 from json_each(m.kinds) k where k.value ->> 'decided_by' = 'attestation')
  and (exists (select 1 from json_each(m.kinds) k where k.value ->> 'outcome' = 'fail')
    or (json_array_length(m.kinds) > 0 and not exists (select 1 from json_each(m.kinds) k
      where coalesce(k.value ->> 'decided_by', '') = ''))));
create index assessed_dispatch_sums on assessed_dispatch(assessment_id, dispatch_id, position, met,
  partly_met, not_met, undetermined, by_controls);
create index dispatch_rollup on dispatch(paper_id, created_at, agency_id, due_on)
  where paper_id is not null;
