-- Never more than one open version of a record. H2 has no partial indexes, but lets any number of
-- nulls into a unique one.
alter table record_version add still_true boolean
  generated always as (case when until_run is null then true end);
create unique index record_version_open on record_version (source, record_id, still_true);
