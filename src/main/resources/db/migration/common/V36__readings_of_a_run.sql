-- The page of a run names what it moved, however many readings there are.
create index reading_by_run on reading (run, id);
