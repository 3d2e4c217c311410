-- Never more than one open version of a record: two nulls are the same here. Since each index costs every record of a first
-- sync, it stands for the primary key too: a run cannot end what it wrote, so it cannot write a second version either.
create unique nulls not distinct index record_version_open on record_version (source, record_id, until_run);
