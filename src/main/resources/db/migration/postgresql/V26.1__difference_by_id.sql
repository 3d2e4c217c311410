-- As all ids: they compare as text, digit by digit, whatever the language of the database.
alter table difference alter column record_id type varchar collate "C";
