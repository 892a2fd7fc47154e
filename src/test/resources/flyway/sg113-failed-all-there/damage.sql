UPDATE flyway_schema_history SET success = false WHERE version = '10';
