-- Who shows elsewhere who he is: in the directory of the province, or at its OpenID provider.
alter table user add column way text not null default 'password'
  check(way in ('password','directory','openid'));
alter table user add column subject text;  -- issuer and subject of the provider, once he came
create unique index user_subject on user(subject) where subject is not null;

create table openid_round(             -- a sign-in that has been sent to the provider
  state text primary key,              -- SHA-256 of the state in the address
  nonce text not null,
  verifier text not null,
  made_at integer not null
) strict;
