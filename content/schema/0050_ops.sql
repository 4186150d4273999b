-- An archive of files is a source, and each file in it one of its own.
alter table source add column parent_id integer references source(id) on delete cascade;
create index source_parent on source(parent_id);
