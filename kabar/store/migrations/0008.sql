-- Alerts that would rather lose a message than tell it twice: what may have arrived is not sent again.
ALTER TABLE alert ADD COLUMN once INTEGER NOT NULL DEFAULT 0;
