-- What an agency took in itself, beside the many copies that were issued to it; measures that were
-- read, beside those issued of them; results of one dispatch.
create index dispatch_own on dispatch(agency_id, id) where origin_id is null;
create index measure_read on measure(id) where origin_id is null;
create index assessed_measure_of on assessed_measure(assessment_id, dispatch, doc_id, verdict);
