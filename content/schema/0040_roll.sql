-- Evidence upward: results that came from below, what they add up to, reminders, exceptions.

-- A result made here, or one that came as a file. One that was refused is kept and counts nowhere.
alter table assessment add column made_by text not null default 'here'
  check(made_by in ('here','received'));
alter table assessment add column seal text not null default 'known'
  check(seal in ('known','unknown','broken'));
alter table assessment add column sealed_by text;    -- fingerprint of the key
alter table assessment add column shared integer not null default 0;  -- counts and verdicts alone
alter table assessment add column open integer not null default 0;    -- those above see findings
alter table assessment add column partial integer not null default 0; -- of some dispatches only
alter table assessment add column file_name text;    -- as it was sent
alter table assessment add column received_by text;
alter table assessment add column refused text;      -- JSON: code, place, args
alter table assessment add column met integer not null default 0;
alter table assessment add column partly_met integer not null default 0;
alter table assessment add column not_met integer not null default 0;
alter table assessment add column undetermined integer not null default 0;
alter table assessed_dispatch add column met integer not null default 0;
alter table assessed_dispatch add column partly_met integer not null default 0;
alter table assessed_dispatch add column not_met integer not null default 0;
alter table assessed_dispatch add column undetermined integer not null default 0;
update assessed_dispatch set
  met = (select count(*) from assessed_measure m where m.assessment_id
    = assessed_dispatch.assessment_id and m.dispatch = position and m.verdict = 'met'),
  partly_met = (select count(*) from assessed_measure m where m.assessment_id
    = assessed_dispatch.assessment_id and m.dispatch = position and m.verdict = 'partly_met'),
  not_met = (select count(*) from assessed_measure m where m.assessment_id
    = assessed_dispatch.assessment_id and m.dispatch = position and m.verdict = 'not_met'),
  undetermined = (select count(*) from assessed_measure m where m.assessment_id
    = assessed_dispatch.assessment_id and m.dispatch = position and m.verdict = 'undetermined');
update assessment set (met, partly_met, not_met, undetermined) =
  (select coalesce(sum(d.met), 0), coalesce(sum(d.partly_met), 0), coalesce(sum(d.not_met), 0),
   coalesce(sum(d.undetermined), 0) from assessed_dispatch d where d.assessment_id = assessment.id);
create unique index assessment_received on assessment(agency_id, sha256) where made_by = 'received';
-- All that a roll-up reads of a result.
create index assessment_day on assessment(agency_id, as_of, id, partial, met, partly_met, not_met,
  undetermined) where refused is null;

-- How far a task was on a past day.
create table task_step(
  task_id integer not null references task(id) on delete cascade,
  at integer not null,
  progress text not null,
  primary key(task_id, at)
) strict, without rowid;
insert into task_step(task_id, at, progress) select id, updated_at, progress from task;
create trigger task_begun after insert on task begin
  insert or replace into task_step(task_id, at, progress)
    values(new.id, new.updated_at, new.progress);
end;
create trigger task_went_on after update of progress on task when new.progress <> old.progress begin
  insert or replace into task_step(task_id, at, progress)
    values(new.id, new.updated_at, new.progress);
end;

-- One an agency, dispatch and occasion; how it goes out is a message, which may carry several.
create table reminder(
  id integer primary key,
  agency_id integer not null references agency(id),    -- whom it is for
  dispatch_id integer not null references dispatch(id) on delete cascade,  -- whose row is late
  kind text not null check(kind in ('before','after','escalation','urge')),
  step integer not null,               -- days before or after the day; of an urge: which time
  due_on text not null,
  made_at integer not null,
  made_by text,                        -- of an urge: who
  unique(agency_id, dispatch_id, kind, due_on, step)
) strict;
create index reminder_dispatch on reminder(dispatch_id);
create table message(
  id integer primary key,
  channel text not null check(channel in ('mail','webhook','paper')),
  address text not null default '',
  subject text not null,
  body text not null,
  made_at integer not null,
  state text not null check(state in ('waiting','sent','failed')),
  attempts integer not null default 0,
  next_at integer not null,
  sent_at integer,
  detail text                          -- what the other side said last
) strict;
create index message_waiting on message(next_at) where state = 'waiting';
create table reminder_message(
  reminder_id integer not null references reminder(id) on delete cascade,
  message_id integer not null references message(id) on delete cascade,
  primary key(reminder_id, message_id)
) strict, without rowid;

create table calendar_link(
  user_id integer primary key references user(id),
  hash text not null unique,           -- SHA-256 of the token
  made_at integer not null
) strict;

create table exception(
  id integer primary key,
  agency_id integer not null references agency(id),
  control text not null,
  subject text not null,
  reason text not null,
  until_on text not null,
  state text not null check(state in ('asked','approved','refused')),
  asked_by text not null,
  asked_at integer not null,
  decided_by text,
  decided_at integer,
  note text
) strict;
create index exception_agency on exception(agency_id, id);
create index exception_control on exception(agency_id, control, subject);

create table extension(
  id integer primary key,
  agency_id integer not null references agency(id),
  dispatch_id integer not null references dispatch(id) on delete cascade,
  due_on_old text not null,
  due_on text not null,
  reason text not null,
  state text not null check(state in ('asked','approved','refused')),
  asked_by text not null,
  asked_at integer not null,
  decided_by text,
  decided_at integer,
  note text
) strict;
create index extension_agency on extension(agency_id, id);
create unique index extension_asked on extension(dispatch_id) where state = 'asked';

-- The requester's own form of the report of a subtree.
create table rollup_form(
  agency_id integer primary key references agency(id),
  file_name text not null,
  sha256 text not null,                -- in files/
  bytes integer not null,
  at integer not null
) strict;
