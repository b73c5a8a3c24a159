-- Quotes by the official that their speaker is, whatever form of the name stands beside them.
CREATE INDEX quote_official ON quote (official, article) WHERE official IS NOT NULL;

-- Where a story began, and when this store first saw it.
DROP VIEW clusters;
CREATE VIEW clusters AS
  SELECT c.cluster, count(*) AS articles, count(DISTINCT c.site) AS sites, min(c.day) AS first_day, max(c.day) AS last_day,
    min(c.seen) AS first_seen,
    (SELECT id FROM article f WHERE f.cluster = c.cluster ORDER BY f.key LIMIT 1) AS first_article,
    (SELECT domain FROM article f JOIN site USING (site) WHERE f.cluster = c.cluster ORDER BY f.key LIMIT 1) AS first_site
  FROM article c GROUP BY c.cluster;
