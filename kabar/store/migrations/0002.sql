-- What people say against the tagger. Documents stay as the tagger wrote them; tags are what remains after corrections.

CREATE TABLE correction (
  number  INTEGER PRIMARY KEY AUTOINCREMENT, -- they apply in this order
  made    TEXT NOT NULL,         -- UTC
  action  TEXT NOT NULL,         -- merge, rename, reject
  type    TEXT NOT NULL,
  key     TEXT NOT NULL,         -- of the entity that was wrong
  name    TEXT NOT NULL,         -- what it was called
  target  TEXT,                  -- merge: the other's key; rename: the new name
  article TEXT                   -- id of the only article that it holds for, or null
) STRICT;

-- Which articles a correction changed.
CREATE TABLE corrected (
  correction INTEGER NOT NULL,
  article    INTEGER NOT NULL,
  PRIMARY KEY (correction, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrected_article ON corrected (article);

CREATE VIEW corrections AS
  SELECT c.number, c.made, c.action, c.type, c.name,
    CASE c.action WHEN 'merge' THEN e.name ELSE c.target END AS target, c.article,
    (SELECT count(*) FROM corrected WHERE correction = c.number) AS articles
  FROM correction c LEFT JOIN entity e ON e.type = c.type AND e.key = c.target;
