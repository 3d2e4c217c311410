-- What a run did to the versions of records: a sum while it is at work, its seal when it is published. Null: it began before
-- there was such a sum.
alter table sync_run add column versions varchar;
