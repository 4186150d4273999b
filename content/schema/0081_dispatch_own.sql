-- A list of dispatches asks for what the agencies of a province took in themselves, which is little,
-- beside what they were issued, which is much.
create index dispatch_own on dispatch(agency_id) where origin_id is null;
