-- Fills a materialized view anew. Parameter: its name, quoted. PostgreSQL 13 and newer.
REFRESH MATERIALIZED VIEW %s
