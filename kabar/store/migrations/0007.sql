-- Articles whose tags wait to be brought up to date with the corrections, so that what was cut off can go on.
CREATE TABLE stale (article INTEGER PRIMARY KEY) STRICT;
