-- Searches that people keep under a name.

CREATE TABLE saved (
  name    TEXT PRIMARY KEY,
  query   TEXT NOT NULL,
  created TEXT NOT NULL          -- UTC
) STRICT, WITHOUT ROWID;

CREATE VIEW saved_searches AS SELECT name, query, created FROM saved;
