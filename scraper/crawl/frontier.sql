-- The frontier's tables. States: 0 ready, 1 waiting, 2 leased, 3 done, 4 dead, 5 alias of another URL.
CREATE TABLE hosts (
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL UNIQUE,
  ready INTEGER NOT NULL, waiting INTEGER NOT NULL, done INTEGER NOT NULL, dead INTEGER NOT NULL,
  articles INTEGER NOT NULL, errors INTEGER NOT NULL, fetched INTEGER NOT NULL, bytes INTEGER NOT NULL,
  not_before REAL NOT NULL, delay REAL NOT NULL, budget INTEGER, spent INTEGER NOT NULL, spent_day INTEGER NOT NULL,
  last_error TEXT, last_error_at REAL, last_fetch_at REAL, last_article_at REAL,
  terms TEXT                         -- of its robots.txt, on use by machines
);
CREATE TABLE archives (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE urls (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,          -- 16 bytes of BLAKE2b over article_key
  url TEXT NOT NULL,
  host INTEGER NOT NULL REFERENCES hosts,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  freshness REAL NOT NULL,           -- seconds since 1970; the highest is fetched first
  due REAL,                          -- of a waiting URL: when; of a dead one: when it was given up
  depth INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  published REAL, found_at REAL NOT NULL, fetched_at REAL, interval REAL,
  status INTEGER, etag TEXT, last_modified TEXT, digest BLOB, sketch INTEGER, payload TEXT,
  archive INTEGER REFERENCES archives, offset INTEGER,
  article INTEGER, error TEXT
);
-- One head of queue a host: a claim seeks it, whatever the length of the queue.
CREATE INDEX ready ON urls (host, freshness DESC) WHERE state = 0;
CREATE INDEX waiting ON urls (due) WHERE state = 1;
CREATE INDEX leased ON urls (host) WHERE state = 2;
-- Near duplicates: four bands of 16 bits; two sketches within 3 bits share one of them, most within 6 too.
CREATE TABLE sketches (band INTEGER NOT NULL, url INTEGER NOT NULL, PRIMARY KEY (band, url)) WITHOUT ROWID;
CREATE TABLE trial (shape TEXT PRIMARY KEY, articles INTEGER NOT NULL, others INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE minutes (minute INTEGER PRIMARY KEY, pages INTEGER NOT NULL, errors INTEGER NOT NULL);
PRAGMA user_version = 2;
