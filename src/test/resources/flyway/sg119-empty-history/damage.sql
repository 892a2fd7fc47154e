DELETE FROM flyway_schema_history;
