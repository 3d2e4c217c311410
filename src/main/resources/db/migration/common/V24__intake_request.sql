-- Which signed request made which run: appended, never updated, never deleted. The same request that
-- comes again is answered with its run.
create table intake_request (
  run     bigint primary key references sync_run,
  source  varchar not null,
  request varchar(64) not null -- SHA-256 of its signature
);
create index intake_request_by_request on intake_request (source, request);
