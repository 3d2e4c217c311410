-- The OAuth2 tokens of a source, encrypted by a key that is not in the database.
create table source_token (
  source varchar primary key,
  sealed varchar -- null: none yet
);
