DELETE FROM flyway_schema_history WHERE version = '10';
