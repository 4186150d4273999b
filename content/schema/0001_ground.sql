-- What every other table stands on. Times: ms since 1970 UTC (_at); dates: ISO text (_on).
create table agency(
  id integer primary key,
  code text,
  name text not null default '',
  kind text not null default '',
  parent_id integer references agency(id),
  valid_from text,
  valid_to text,
  successor_id integer references agency(id),
  contact_name text,
  contact_phone text,
  contact_mail text
) strict;
create index agency_parent on agency(parent_id);

create table user(
  id integer primary key,
  agency_id integer not null references agency(id),
  login text not null collate nocase unique,
  name text not null,
  role text not null check(role in ('clerk','officer','leader','admin','duty','auditor')),
  password text,                      -- Argon2id, encoded; null: signs in by one-time link only
  must_change integer not null default 0,
  password_at integer,
  otp_secret text,                    -- set and confirmed: asked at each sign-in
  otp_pending text,
  otp_step integer not null default 0,  -- the last step that was used: none is taken twice
  disabled_at integer,
  created_at integer not null
) strict;
create index user_agency on user(agency_id);

create table recovery_code(
  user_id integer not null references user(id),
  hash text not null primary key,
  used_at integer
) strict;

create table link(                    -- one-time sign-in links
  hash text primary key,
  user_id integer not null references user(id),
  expires_at integer not null,
  used_at integer
) strict;

create table session(
  hash text primary key,              -- SHA-256 of the cookie
  user_id integer not null references user(id),
  csrf text not null,
  remote text not null,
  created_at integer not null,
  seen_at integer not null
) strict;
create index session_user on session(user_id);

create table token(
  id integer primary key,
  hash text not null unique,
  user_id integer not null references user(id),
  name text not null,
  scopes text not null,               -- read write decide admin, by spaces
  created_at integer not null,
  expires_at integer,
  used_at integer
) strict;

create table audit(
  id integer primary key,
  at integer not null,
  user_id integer,
  login text not null,
  remote text not null,
  action text not null,
  what text not null,
  what_id integer not null,
  detail text not null,               -- JSON
  hash text not null                  -- SHA-256 over the row before and this row
) strict;
create trigger audit_stays before update on audit begin select raise(abort, 'audit'); end;
create trigger audit_remains before delete on audit begin select raise(abort, 'audit'); end;

create table job(
  id integer primary key,
  kind text not null,
  state text not null check(state in ('queued','running','done','failed','cancelled')),
  phase text not null default '',
  done integer not null default 0,
  total integer not null default 0,
  user_id integer references user(id),
  agency_id integer not null references agency(id),
  args text not null,                 -- JSON
  result text,                        -- JSON
  problem text,                       -- JSON: code, place, args
  cancel integer not null default 0,
  attempts integer not null default 0,
  created_at integer not null,
  started_at integer,
  ended_at integer
) strict;
create index job_state on job(state);

create table setting(
  name text primary key,
  value text not null                 -- JSON
) strict;
