-- Which of some databases exist. Parameters: three names. PostgreSQL 13 and newer.
SELECT d.datname FROM pg_database d WHERE d.datname IN (?, ?, ?)
