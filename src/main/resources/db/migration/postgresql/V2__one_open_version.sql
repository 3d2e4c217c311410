-- Never more than one open version of a record.
create unique index record_version_open on record_version (source, record_id)
  where until_run is null;

-- Ids compare as text, digit by digit, whatever the language of the database: "the least id" and
-- "the greater id" must mean the same here as in H2 and in Java.
alter table record_version alter column record_id type varchar collate "C";
alter table record_seen alter column record_id type varchar collate "C";
alter table contribution alter column record_id type varchar collate "C";
