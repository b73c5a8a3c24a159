-- The order in which articles came, whatever the clock said meanwhile: by it an alert and a reader of new articles know
-- what they have not told yet.
ALTER TABLE article ADD COLUMN arrival INTEGER NOT NULL DEFAULT 0;
UPDATE article SET arrival = n
  FROM (SELECT key AS k, row_number() OVER (ORDER BY seen, key) AS n FROM article) WHERE key = k;
CREATE INDEX article_arrival ON article (arrival);
ALTER TABLE alert ADD COLUMN after INTEGER NOT NULL DEFAULT 0; -- what came up to this arrival is not told
UPDATE alert SET after = coalesce((SELECT max(arrival) FROM article WHERE seen < coalesce(since, created)), 0);
ALTER TABLE alert DROP COLUMN since;
