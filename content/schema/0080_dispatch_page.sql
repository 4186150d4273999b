-- The pages of a dispatch that came as PDF or scan, to be looked at beside what was read in it.
create table dispatch_page(
  dispatch_id integer not null references dispatch(id) on delete cascade,
  page integer not null,               -- from 1
  width integer not null,              -- points
  height integer not null,
  sha256 text not null,                -- of its JPEG
  words text not null,                 -- JSON: from, to (UTF-16 units of dispatch.body), x0, y0, x1,
                                       -- y1 (parts of 10,000 of the page), from, ...
  primary key(dispatch_id, page)
) strict, without rowid;
