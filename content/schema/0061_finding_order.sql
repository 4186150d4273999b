-- A page of a result's findings is read in their own order, not sorted out of a million.
create index finding_in_order on finding(assessment_id, id);
