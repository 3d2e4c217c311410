-- When requests of the last minute were sent, or may be; only of sources that have a limit a minute.
create table source_turn (
  source varchar not null,
  at     timestamp(6) with time zone not null
);
create index source_turn_at on source_turn (source, at);
