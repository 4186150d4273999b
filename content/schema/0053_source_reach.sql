-- A source that is no file says what it reaches for: the network, or this very machine.
alter table source add column reach text check(reach in ('network','machine'));  -- null: a file
update source set reach =
  case json_extract(entries, '$[0].type') when 'host' then 'machine' else 'network' end
  where path = '';
