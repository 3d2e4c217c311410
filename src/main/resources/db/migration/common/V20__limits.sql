-- Before this time the schedule does not ask the source of this run again, and then it does.
alter table sync_run add column continues_at timestamp(6) with time zone;
-- It failed because its source refused the credentials.
alter table sync_run add column needs_authorisation boolean default false not null;

-- How many requests a source was sent on a day of its zone; counted only where it has a limit a day.
create table source_request (
  source   varchar not null,
  on_day   date not null,
  requests integer not null,
  primary key (source, on_day)
);
