-- Programs on machines of an agency that send their facts: admitted by a secret, known by a
-- certificate of this hub.
create table enrolment(
  id integer primary key,
  hash text not null unique,           -- SHA-256 of the secret
  agency_id integer not null references agency(id),
  name text not null,
  left_uses integer not null,          -- machines it still admits
  expires_at integer not null,
  made_at integer not null,
  made_by text not null
) strict;
create index enrolment_agency on enrolment(agency_id);

create table agent(
  id integer primary key,
  agency_id integer not null references agency(id),
  name text not null,                  -- the machine's
  machine_id text not null,
  print text not null unique,          -- SHA-256 of its certificate in force
  next_print text unique,              -- of the one it was given last and has not shown yet
  ends_at integer not null,            -- of that certificate
  version text not null,
  enrolled_at integer not null,
  seen_at integer not null,
  waiting integer not null default 0,  -- files it could not send yet
  facts_at integer,                    -- the last whole file
  source_id integer references source(id) on delete set null,
  disabled_at integer
) strict;
create index agent_agency on agent(agency_id, id);

-- The last number a source was given: its folder has it, and a deleted one's must not come again.
create table source_number(last integer not null) strict;
insert into source_number select coalesce(max(id), 0) from source;
