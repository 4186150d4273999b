-- Security keys of users (WebAuthn): only what shows a signature to be the key's.
create table passkey(
  id integer primary key,
  user_id integer not null references user(id),
  host text not null,                  -- the name of this server that the key is bound to
  credential text not null unique,     -- its id, as hex
  name text not null,                  -- as its owner calls it
  algorithm integer not null,          -- COSE
  public_key text not null,            -- as hex
  counter integer not null,            -- of the last signature; one that goes back is a copy
  alone integer not null,              -- asked for a PIN or a finger: signs in without a password
  made_at integer not null,
  used_at integer
) strict;
create index passkey_user on passkey(user_id);

create table passkey_challenge(        -- challenges that were answered: none is good twice
  hash text primary key,               -- SHA-256
  used_at integer not null
) strict;
