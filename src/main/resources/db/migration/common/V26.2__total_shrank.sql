-- Whether a source told of fewer records on a later page than on an earlier one.
alter table sync_run add total_shrank boolean default false not null;
