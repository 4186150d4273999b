-- What an agency took in itself, beside the many copies that were issued to it; measures that were
-- read, beside those issued of them; results of one dispatch; what is late, and who does it.
create index dispatch_own on dispatch(agency_id, id) where origin_id is null;
create index measure_read on measure(id) where origin_id is null;
create index assessed_measure_of on assessed_measure(assessment_id, dispatch, doc_id, verdict);
create index task_open on task(agency_id, due_on) where progress not in ('done', 'accepted');
create index task_person on task(person) where person is not null;
