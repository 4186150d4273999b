-- The tree of agencies, and a dispatch's way down it.

-- What an agency was called and from when; the newest that has begun is its name on a day.
create table agency_name(
  agency_id integer not null references agency(id),
  valid_from text not null,            -- ISO date; '' for as long as it is known
  name text not null,
  primary key(agency_id, valid_from)
) strict, without rowid;
create unique index agency_code on agency(code) where code is not null and code <> '';
create index agency_successor on agency(successor_id) where successor_id is not null;

-- "các sở, ban, ngành": whom a paper addresses together. Below the agency whose group it is, those
-- of one of its kinds, those added by hand, without those taken out by hand.
create table agency_group(
  id integer primary key,
  agency_id integer not null references agency(id),
  position integer not null default 0,
  name text not null,
  kinds text not null default '[]'     -- JSON: kinds of agencies
) strict;
create index agency_group_of on agency_group(agency_id, position);
create table group_member(
  group_id integer not null references agency_group(id) on delete cascade,
  agency_id integer not null references agency(id),
  member integer not null check(member in (0, 1)),  -- 0: taken out
  primary key(group_id, agency_id)
) strict, without rowid;

-- A recipient has a row of its own: origin_id is the row it was issued from, paper_id the first of
-- all, which alone has body, sentences, head and windows.
alter table dispatch add column origin_id integer references dispatch(id);
alter table dispatch add column paper_id integer references dispatch(id);
create index dispatch_origin on dispatch(origin_id) where origin_id is not null;
create index dispatch_paper on dispatch(paper_id, agency_id) where paper_id is not null;
create index dispatch_taken_in on dispatch(id) where origin_id is null;
create index dispatch_number on dispatch(number, agency_id);
alter table measure add column origin_id integer references measure(id) on delete set null;
create index measure_origin on measure(origin_id) where origin_id is not null;

create table issue(
  id integer primary key,
  dispatch_id integer not null references dispatch(id),
  agency_id integer not null references agency(id),
  received_id integer not null unique references dispatch(id),  -- the recipient's own row
  issued_at integer not null,
  issued_by text not null,
  due_on text,
  note text,                           -- what the issuer says beside the paper
  opened_at integer,                   -- first read by a user of the recipient
  opened_by text,
  unique(dispatch_id, agency_id)
) strict;
create index issue_agency on issue(agency_id, issued_at);

-- What the level above says of a task: accepted, or returned and why.
alter table task add column review_note text;
alter table task add column reviewed_by text;
alter table task add column reviewed_at integer;
create index task_progress on task(progress, due_on);

-- One-time links for whom has no user here: enterprises that provide services.
create table reply_link(
  hash text primary key,               -- SHA-256 of the token
  issue_id integer not null references issue(id) on delete cascade,
  made_at integer not null,
  made_by text not null,
  expires_at integer not null,
  answered_at integer                  -- good until then
) strict;
create index reply_link_issue on reply_link(issue_id);
create table reply(
  id integer primary key,
  issue_id integer not null references issue(id) on delete cascade,
  at integer not null,
  by_name text not null,
  text text not null,
  file_name text,
  file_sha256 text,                    -- in files/
  file_bytes integer
) strict;
create index reply_issue on reply(issue_id, id);

-- The incoming book: a number is given once in a year at an agency, also when its paper went.
create table incoming(
  agency_id integer not null references agency(id),
  year integer not null,
  no integer not null,
  dispatch_id integer unique references dispatch(id) on delete set null,
  primary key(agency_id, year, no)
) strict;
insert or ignore into incoming(agency_id, year, no, dispatch_id)
  select agency_id, cast(substr(received_on, 1, 4) as integer), cast(received_no as integer), id
  from dispatch where received_no glob '[1-9]*' and received_no not glob '*[^0-9]*'
  and length(received_no) <= 6 and received_on glob '[0-9][0-9][0-9][0-9]-*' order by id;

-- The paper that answers a dispatch, from draft to sent.
create table answer(
  id integer primary key,
  dispatch_id integer not null unique references dispatch(id) on delete cascade,
  state text not null check(state in ('draft','submitted','signed','numbered','sent')),
  number text,
  dated_on text,
  signed_by text,
  sent_on text,
  sent_to text,
  file_name text,                      -- the signed paper
  file_sha256 text,                    -- in files/
  file_bytes integer
) strict;
create table answer_step(
  answer_id integer not null references answer(id) on delete cascade,
  position integer not null,
  state text not null,
  at integer not null,
  by_name text not null,
  note text,
  primary key(answer_id, position)
) strict, without rowid;
