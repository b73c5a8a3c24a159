-- Columns that are reckoned tell their type, by which Metabase and others decide what may be done with them.
DROP VIEW sites;
CREATE VIEW sites AS
  SELECT s.domain, s.name, s.edition, CAST(count(a.key) AS INTEGER) AS articles,
    CAST(min(a.day) AS TEXT) AS first_day, CAST(max(a.day) AS TEXT) AS last_day
  FROM site s LEFT JOIN article a USING (site) GROUP BY s.site;
DROP VIEW clusters;
CREATE VIEW clusters AS
  SELECT c.cluster, CAST(count(*) AS INTEGER) AS articles, CAST(count(DISTINCT c.site) AS INTEGER) AS sites,
    CAST(min(c.day) AS TEXT) AS first_day, CAST(max(c.day) AS TEXT) AS last_day, CAST(min(c.seen) AS TEXT) AS first_seen,
    (SELECT id FROM article f WHERE f.cluster = c.cluster ORDER BY f.key LIMIT 1) AS first_article,
    (SELECT domain FROM article f JOIN site USING (site) WHERE f.cluster = c.cluster ORDER BY f.key LIMIT 1) AS first_site
  FROM article c GROUP BY c.cluster;
DROP VIEW mentions;
CREATE VIEW mentions AS
  SELECT a.id AS article, e.type, e.name, m.field, m.start, m."end",
    CAST(substr(CASE m.field WHEN 'title' THEN b.title ELSE b.text END, m.start + 1, m."end" - m.start) AS TEXT) AS text
  FROM mention m JOIN article a ON a.key = m.article JOIN body b ON b.article = m.article JOIN entity e USING (entity);
DROP VIEW corrections;
CREATE VIEW corrections AS
  SELECT c.number, c.made, c.action, c.type, c.name,
    CAST(CASE c.action WHEN 'merge' THEN e.name ELSE c.target END AS TEXT) AS target, c.article,
    CAST((SELECT count(*) FROM corrected WHERE correction = c.number) AS INTEGER) AS articles
  FROM correction c LEFT JOIN entity e ON e.type = c.type AND e.key = c.target;
DROP VIEW alerts;
CREATE VIEW alerts AS
  SELECT a.number, a.search, a.silent, a.channel, a.created,
    CAST((SELECT count(*) FROM told WHERE alert = a.number) AS INTEGER) AS told,
    CAST((SELECT count(*) FROM message WHERE alert = a.number AND ended IS NULL) AS INTEGER) AS waiting,
    CAST((SELECT max(ended) FROM message WHERE alert = a.number AND taken) AS TEXT) AS last_sent,
    a.paused
  FROM alert a;
