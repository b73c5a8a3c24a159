-- The first schema. Numbers of articles are ordered by time of publication (see kabar/store/keys.py), so that every
-- table below that ends in an article's key can be read newest first without sorting.

CREATE TABLE site (
  site    INTEGER PRIMARY KEY,
  domain  TEXT NOT NULL UNIQUE,
  name    TEXT,
  edition TEXT
) STRICT;

CREATE TABLE article (
  key       INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  url       TEXT,
  site      INTEGER REFERENCES site,
  title     TEXT,
  kind      TEXT NOT NULL,
  language  TEXT,
  section   TEXT,
  published TEXT,                -- ISO 8601 as the page tells it, or null
  day       TEXT NOT NULL,       -- day of publication in Jakarta (WIB), else of first sight
  seen      TEXT NOT NULL,       -- first put into the store, UTC
  changed   TEXT NOT NULL,       -- last put into the store with another text, UTC
  version   INTEGER NOT NULL,
  digest    BLOB NOT NULL,       -- of title and text
  words     INTEGER NOT NULL,
  cluster   INTEGER NOT NULL
) STRICT;
CREATE INDEX article_cluster ON article (cluster, key);

CREATE TABLE body (
  article INTEGER PRIMARY KEY,
  title   TEXT NOT NULL,
  text    TEXT NOT NULL
) STRICT;

-- The whole document without title and text: JSON, compressed by zlib.
CREATE TABLE document (
  article INTEGER PRIMARY KEY,
  json    BLOB NOT NULL
) STRICT;

CREATE TABLE version (
  id     TEXT NOT NULL,
  number INTEGER NOT NULL,
  until  TEXT NOT NULL,          -- when the next version was seen, UTC
  title  TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  entity   INTEGER PRIMARY KEY,
  type     TEXT NOT NULL,        -- city, official, organization, country, event; and site, kind: what is counted alike
  key      TEXT NOT NULL,        -- code, folded name, domain, kind
  folded   TEXT NOT NULL,        -- name in lower case, without apostrophes and diacritics
  name     TEXT NOT NULL,
  code     TEXT,                 -- Kemendagri code of a city, ISO 3166-1 alpha-2 of a country
  level    TEXT,
  province TEXT,
  acronym  TEXT,
  kind     TEXT,
  UNIQUE (type, key)
) STRICT;
CREATE INDEX entity_folded ON entity (type, folded);

CREATE TABLE tag (
  entity       INTEGER NOT NULL,
  article      INTEGER NOT NULL,
  mentions     INTEGER NOT NULL,
  score        REAL NOT NULL,
  role         TEXT,             -- of a city: dateline, jurisdiction, mention
  office       TEXT,             -- of an official, as are the four below
  office_class TEXT,
  jurisdiction TEXT,
  organization TEXT,
  status       TEXT,
  PRIMARY KEY (entity, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_article ON tag (article, entity);

CREATE TABLE mention (
  article INTEGER NOT NULL,
  field   TEXT NOT NULL,
  start   INTEGER NOT NULL,      -- code points, half-open
  "end"   INTEGER NOT NULL,
  entity  INTEGER NOT NULL,
  PRIMARY KEY (article, field, start, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
  article     INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  speaker     TEXT,
  speaker_key TEXT,
  official    INTEGER,
  verb        TEXT,
  direct      INTEGER NOT NULL,
  text        TEXT NOT NULL,
  PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_speaker ON quote (speaker_key, article) WHERE speaker_key IS NOT NULL;

CREATE TABLE removal (
  article INTEGER NOT NULL,
  rule    TEXT NOT NULL,
  sample  TEXT NOT NULL,
  count   INTEGER NOT NULL,
  PRIMARY KEY (article, rule, sample)
) STRICT, WITHOUT ROWID;

-- Articles of an entity in a day, month and year ("2026-05-01", "2026-05", "2026"); entity 0 is every article.
CREATE TABLE tally (
  period   TEXT NOT NULL,
  entity   INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (period, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_entity ON tally (entity, period, articles);

-- Near-duplicates: a MinHash signature an article, and the bands by which candidates are found.
CREATE TABLE sketch (
  article   INTEGER PRIMARY KEY,
  signature BLOB NOT NULL
) STRICT;
CREATE TABLE band (
  hash    INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;

-- Search. Apostrophes are folded away, so that Jum'at and Jumat are one word.
CREATE VIEW indexed AS
  SELECT article,
    replace(replace(replace(replace(title, '''', ''), '’', ''), '‘', ''), '`', '') AS title,
    replace(replace(replace(replace(text, '''', ''), '’', ''), '‘', ''), '`', '') AS text
  FROM body;
CREATE VIRTUAL TABLE search USING fts5 (
  title, text, content = 'indexed', content_rowid = 'article', tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE search_words USING fts5vocab (search, row);

-- What other programs read. These names and columns are documented and stay.
CREATE VIEW articles AS
  SELECT a.id, a.url, s.domain AS site, a.title, b.text, a.kind, a.language, a.section, a.published, a.day,
    a.seen, a.changed, a.version, a.words, a.cluster
  FROM article a JOIN body b ON b.article = a.key LEFT JOIN site s USING (site);
CREATE VIEW sites AS
  SELECT s.domain, s.name, s.edition, count(a.key) AS articles, min(a.day) AS first_day, max(a.day) AS last_day
  FROM site s LEFT JOIN article a USING (site) GROUP BY s.site;
CREATE VIEW cities AS
  SELECT a.id AS article, a.day, e.name, e.level, e.code, e.province, t.role, t.mentions, t.score
  FROM entity e JOIN tag t USING (entity) JOIN article a ON a.key = t.article WHERE e.type = 'city';
CREATE VIEW officials AS
  SELECT a.id AS article, a.day, e.name, t.office, t.office_class, t.jurisdiction, t.organization, t.status,
    t.mentions, t.score
  FROM entity e JOIN tag t USING (entity) JOIN article a ON a.key = t.article WHERE e.type = 'official';
CREATE VIEW organizations AS
  SELECT a.id AS article, a.day, e.name, e.acronym, e.kind, t.jurisdiction, t.mentions, t.score
  FROM entity e JOIN tag t USING (entity) JOIN article a ON a.key = t.article WHERE e.type = 'organization';
CREATE VIEW countries AS
  SELECT a.id AS article, a.day, e.name, e.code AS alpha2, t.mentions, t.score
  FROM entity e JOIN tag t USING (entity) JOIN article a ON a.key = t.article WHERE e.type = 'country';
CREATE VIEW events AS
  SELECT a.id AS article, a.day, e.name, t.mentions, t.score
  FROM entity e JOIN tag t USING (entity) JOIN article a ON a.key = t.article WHERE e.type = 'event';
CREATE VIEW mentions AS
  SELECT a.id AS article, e.type, e.name, m.field, m.start, m."end",
    substr(CASE m.field WHEN 'title' THEN b.title ELSE b.text END, m.start + 1, m."end" - m.start) AS text
  FROM mention m JOIN article a ON a.key = m.article JOIN body b ON b.article = m.article JOIN entity e USING (entity);
CREATE VIEW quotes AS
  SELECT a.id AS article, a.day, q.number, q.speaker, e.name AS official, q.verb, q.direct, q.text
  FROM quote q JOIN article a ON a.key = q.article LEFT JOIN entity e ON e.entity = q.official;
CREATE VIEW removed AS
  SELECT a.id AS article, r.rule, r.sample, r.count FROM removal r JOIN article a ON a.key = r.article;
CREATE VIEW versions AS
  SELECT v.id AS article, v.number, v.until, v.title, v.text FROM version v;
CREATE VIEW clusters AS
  SELECT cluster, count(*) AS articles, count(DISTINCT site) AS sites, min(day) AS first_day, max(day) AS last_day
  FROM article GROUP BY cluster;
CREATE VIEW daily AS
  SELECT t.period AS day, e.type, e.name, e.code, t.articles
  FROM tally t JOIN entity e USING (entity) WHERE length(t.period) = 10;
