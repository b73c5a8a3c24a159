-- Alerts that rest, since when each tells, and when a run last looked after it.
ALTER TABLE alert ADD COLUMN paused TEXT; -- UTC; null: it tells
ALTER TABLE alert ADD COLUMN since TEXT;  -- UTC; articles first seen before are not told; null: since it was set
ALTER TABLE alert ADD COLUMN looked TEXT; -- UTC; null: never
DROP VIEW alerts;
CREATE VIEW alerts AS
  SELECT a.number, a.search, a.silent, a.channel, a.created,
    (SELECT count(*) FROM told WHERE alert = a.number) AS told,
    (SELECT count(*) FROM message WHERE alert = a.number AND ended IS NULL) AS waiting,
    (SELECT max(ended) FROM message WHERE alert = a.number AND taken) AS last_sent,
    a.paused
  FROM alert a;
