-- What was put in last, for those who wait for new articles.
CREATE INDEX article_seen ON article (seen);
