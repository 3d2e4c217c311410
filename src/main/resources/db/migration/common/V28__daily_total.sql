-- What the contributions to a measure come to on each day, as of the last published run of its source: derived, changed by
-- what a run opened and closed, so that a value costs what changed. A day is told as days since 1970-01-01, in UTC.
create table daily_total (
  measure  bigint not null references measure_version,
  epoch_day integer not null,
  currency varchar not null, -- empty where the values are no money
  records  bigint not null,
  problems bigint not null,
  amount   numeric(57, 10) not null, -- of those without a problem
  primary key (measure, epoch_day, currency)
);

-- What a run opened and what it closed.
create index contribution_opened on contribution (measure, since_run);
create index contribution_closed on contribution (measure, until_run);

insert into daily_total (measure, epoch_day, currency, records, problems, amount)
select measure, epoch_day, currency, count(*), count(problem), coalesce(sum(amount), 0)
from (
  select c.measure, cast(floor(extract(epoch from c.at) / 86400) as integer) as epoch_day,
    coalesce(c.currency, '') as currency, c.problem, c.amount
  from contribution c
  join measure_version m on m.id = c.measure
  join source_state s on s.source = m.source
  where c.since_run <= s.published_run and (c.until_run is null or c.until_run > s.published_run)
) counted
group by measure, epoch_day, currency;
