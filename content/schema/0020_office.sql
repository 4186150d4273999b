-- What one office does: its dispatches, what they ask, its sources, results, tasks, attestations.
create table office(
  agency_id integer primary key references agency(id),
  profile text not null                -- JSON, schema Office of content/api/office.yaml
) strict;

create table dispatch(
  id integer primary key,
  agency_id integer not null references agency(id),
  file_name text not null,
  sha256 text not null,
  bytes integer not null,
  state text not null
    check(state in ('reading','failed','unconfirmed','confirmed','issued','answered')),
  problem text,                        -- JSON: text, or code, place, args; of a failed reading
  number text,
  symbol text,
  subject text,
  issuer text,
  issued_on text,
  received_no text,
  received_on text,
  due_on text,
  head text not null default '{}',     -- JSON: form, parent, place, recipients, legal_basis ...
  warnings text not null default '[]', -- JSON: code, text
  windows text not null default '[]',  -- JSON: from, to, why
  body text not null default '',       -- the text the spans count in
  sentences text not null default '[]',-- JSON: from, to (UTF-16 units), role, measure
  counts text not null default '{}',   -- JSON: role -> sentences
  job_id integer,
  created_at integer not null,
  confirmed_at integer,
  confirmed_by text
) strict;
create index dispatch_agency on dispatch(agency_id, id);

create table measure(
  id integer primary key,
  dispatch_id integer not null references dispatch(id) on delete cascade,
  position integer not null,
  doc_id text not null,                -- the paper's own: "1.2"
  cite text not null,
  text text not null,
  span_from integer,                   -- UTF-16 units of dispatch.body
  span_to integer,
  obligation text not null,
  actor text,
  mine integer not null,
  mine_stated integer not null default 0,
  title integer not null default 0,    -- asks nothing: heads what follows
  due_on text,
  kinds text not null,                 -- JSON: kind, confidence, phrase, parameters
  unsure text not null default '',     -- text hub.measure.unsure.<unsure>, or ''
  state text not null check(state in ('read','changed','added','dropped','accepted'))
) strict;
create index measure_dispatch on measure(dispatch_id, position);

create table task(
  id integer primary key,
  agency_id integer not null references agency(id),
  dispatch_id integer not null references dispatch(id) on delete cascade,
  measure_id integer not null unique references measure(id) on delete cascade,
  person text,
  due_on text,
  progress text not null default 'not_started'
    check(progress in ('not_started','doing','done','returned','accepted')),
  note text,
  updated_at integer not null
) strict;
create index task_dispatch on task(dispatch_id);
create index task_agency on task(agency_id, due_on);

create table source(
  id integer primary key,
  agency_id integer not null references agency(id),
  name text not null,
  path text not null,                  -- below office/
  bytes integer not null,
  sha256 text not null,
  received_at integer not null,
  state text not null check(state in ('waiting','read','partly','unread')),
  entries text not null default '[]',  -- JSON: of agency.yaml, without path
  stated integer not null default 0,   -- a person said what it is
  certainty text,
  why text,                            -- JSON: why, known, columns
  rows integer,
  problem text,                        -- JSON as of dispatch
  columns text not null default '[]'   -- JSON: heading, field
) strict;
create index source_agency on source(agency_id, id);

create table register_table(
  agency_id integer not null references agency(id),
  name text not null,
  cells text not null,                 -- JSON: rows of texts, as typed
  updated_at integer not null,
  primary key(agency_id, name)
) strict;

create table assessment(
  id integer primary key,
  agency_id integer not null references agency(id),
  made_at integer not null,
  as_of text not null,
  sha256 text not null,                -- of the *.khien in files/
  dispatches integer not null,
  note text,
  coverage text not null               -- JSON
) strict;
create index assessment_agency on assessment(agency_id, id);

create table assessed_dispatch(
  assessment_id integer not null references assessment(id) on delete cascade,
  position integer not null,           -- its id in the file
  dispatch_id integer,
  number text not null,
  subject text,
  primary key(assessment_id, position)
) strict;
create index assessed_dispatch_of on assessed_dispatch(dispatch_id, assessment_id);

create table assessed_measure(
  assessment_id integer not null references assessment(id) on delete cascade,
  position integer not null,           -- its id in the file
  dispatch integer not null,           -- position of its dispatch
  doc_id text not null,
  cite text not null,
  text text not null,
  due_on text,
  verdict text,                        -- null: ordered of somebody else
  sentence_vi text not null,
  sentence_en text not null,
  kinds text not null,                 -- JSON: kind, decided_by, outcome, reason
  primary key(assessment_id, position)
) strict;

create table assessed_run(
  assessment_id integer not null references assessment(id) on delete cascade,
  position integer not null,
  measure integer not null,            -- position; 0: asked more strictly elsewhere
  control text not null,
  kind text not null,
  outcome text not null,
  severity text not null,
  passed integer not null,
  failed integer not null,
  unknown integer not null,
  reason text,
  state_vi text not null,
  state_en text not null,
  task_vi text not null,
  task_en text not null,
  primary key(assessment_id, position)
) strict;

create table finding(
  id integer primary key,
  assessment_id integer not null references assessment(id) on delete cascade,
  measure integer not null,            -- position; 0: of a stricter run
  control text not null,
  subject text not null,
  observed text not null,
  result text not null,
  reason text not null,                -- text id, or ''
  severity text not null,
  fact integer not null,               -- 0: what is missing altogether
  words text not null                  -- skeleton of subject: what a search looks in
) strict;
create index finding_of on finding(assessment_id, control, result);

create table attestation(
  id integer primary key,
  agency_id integer not null references agency(id),
  kinds text not null,                 -- JSON list
  statement text not null,
  signed_by text not null,
  signed_on text not null,
  valid_until text,
  file_name text,
  file_path text,                      -- below office/
  created_at integer not null,
  withdrawn_at integer
) strict;
