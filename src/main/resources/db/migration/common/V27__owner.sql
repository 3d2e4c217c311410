-- Which process began the run or took it up last; null for runs of before.
alter table sync_run add column owner integer;
