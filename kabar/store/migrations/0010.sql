-- The key's columns first: SQLite's integrity check takes another order for damage (NULL value in mention.end).
DROP VIEW mentions;
CREATE TABLE mentioned (
  article INTEGER NOT NULL,
  field   TEXT NOT NULL,
  start   INTEGER NOT NULL,      -- code points, half-open
  entity  INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  PRIMARY KEY (article, field, start, entity)
) STRICT, WITHOUT ROWID;
INSERT INTO mentioned SELECT article, field, start, entity, "end" FROM mention;
DROP TABLE mention;
ALTER TABLE mentioned RENAME TO mention;
CREATE VIEW mentions AS
  SELECT a.id AS article, e.type, e.name, m.field, m.start, m."end",
    substr(CASE m.field WHEN 'title' THEN b.title ELSE b.text END, m.start + 1, m."end" - m.start) AS text
  FROM mention m JOIN article a ON a.key = m.article JOIN body b ON b.article = m.article JOIN entity e USING (entity);
