-- Machines and accounts of a result one by one, and which of them a finding is about.
alter table assessment add column inventory text;  -- JSON: totals; null: made without them
create table assessed_machine(
  assessment_id integer not null references assessment(id) on delete cascade,
  number integer not null,             -- in the result; of one that is gone, after the others
  key text not null,                   -- folded name: the same machine in another result
  host text not null,
  state text not null check(state in ('seen','not_seen')),
  change text check(change in ('new','gone','better','worse','same')),  -- null: nothing before
  fails integer not null default 0,    -- controls it does not pass
  unknowns integer not null default 0, -- controls undecided for it
  worst integer not null default 0,    -- gravity of what it fails: 1 info .. 5 critical, 0 none
  faults text not null default '',     -- those controls: ",host.scanned,host.firewall_on,"
  words text not null,                 -- what a search looks in
  detail text not null,                -- JSON, as report/inventory.h has a machine
  primary key(assessment_id, number)
) strict;
-- What a list is ordered and narrowed by, so that it reads the details of what it shows alone.
create index assessed_machine_order on assessed_machine(assessment_id, fails desc, number, state,
  change, faults, words);
create index assessed_machine_key on assessed_machine(assessment_id, key);
create table assessed_account(
  assessment_id integer not null references assessment(id) on delete cascade,
  number integer not null,             -- in the result
  place text not null,                 -- the application, or the machine of a local one
  holder text not null default ''      -- '': no staff list tells
    check(holder in ('','known','left','several','nobody')),
  privileged integer not null default 0,
  fails integer not null default 0,
  unknowns integer not null default 0,
  worst integer not null default 0,
  faults text not null default '',
  words text not null,
  detail text not null,                -- JSON, as report/inventory.h has an account
  primary key(assessment_id, number)
) strict;
create index assessed_account_order on assessed_account(assessment_id, fails desc, number, place,
  holder, privileged, faults, words);
alter table finding add column machine integer;  -- number of its machine
alter table finding add column account integer;
create index finding_machine on finding(assessment_id, machine, control) where machine is not null;
create index finding_account on finding(assessment_id, account, control) where account is not null;
