-- The log by who and by what, so that its pages stay as fast with a million entries. By what it is
-- about it is read already; times are found by the order of the entries.
create index audit_entry_by_actor on audit_entry (actor, sequence);
create index audit_entry_by_action on audit_entry (action, sequence);
create index audit_entry_by_actor_and_action on audit_entry (actor, action, sequence);
create index audit_entry_by_time on audit_entry (at, sequence);
