-- The key under which a record counts in a measure: what it is broken down by, and what joins it with
-- others. Of measures that count different values, those values are the keys.
alter table contribution add column group_key varchar;
update contribution set group_key = item where item is not null;
