-- Alerts, and the messages that they made. No secret stands here.

CREATE TABLE alert (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  search  TEXT REFERENCES saved, -- null: the alert is for sites that fall silent
  silent  INTEGER,               -- seconds without a new article
  channel TEXT NOT NULL,         -- webhook, telegram, email
  target  TEXT NOT NULL,         -- address, chat, mailbox; env:NAME where it is a secret
  created TEXT NOT NULL          -- UTC; articles first seen before are not told
) STRICT;

CREATE TABLE message (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  alert   INTEGER NOT NULL,
  key     TEXT NOT NULL UNIQUE,  -- the same at every try, so that a receiver can tell a repeat
  made    TEXT NOT NULL,         -- UTC
  due     REAL NOT NULL,         -- Unix time of the next try; while one is under way, when it counts as lost
  tries   INTEGER NOT NULL,
  problem TEXT,                  -- why the last try failed
  ended   TEXT,                  -- UTC; when it was taken, or given up
  taken   INTEGER                -- 1 taken, 0 given up
) STRICT;
CREATE INDEX message_due ON message (due) WHERE ended IS NULL;

-- What an alert has told, or will: articles by id, since their keys may change, and the clusters they were in then.
CREATE TABLE told (
  alert   INTEGER NOT NULL,
  article TEXT NOT NULL,
  cluster INTEGER,
  message INTEGER NOT NULL,
  PRIMARY KEY (alert, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_message ON told (message);
CREATE INDEX told_cluster ON told (cluster, alert);

CREATE VIEW alerts AS
  SELECT a.number, a.search, a.silent, a.channel, a.created,
    (SELECT count(*) FROM told WHERE alert = a.number) AS told,
    (SELECT count(*) FROM message WHERE alert = a.number AND ended IS NULL) AS waiting,
    (SELECT max(ended) FROM message WHERE alert = a.number AND taken) AS last_sent
  FROM alert a;
