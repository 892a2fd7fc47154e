-- Parameter: quoted, qualified name. PostgreSQL 13 and newer.
REFRESH MATERIALIZED VIEW %s
