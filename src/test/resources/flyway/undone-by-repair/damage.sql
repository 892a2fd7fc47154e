INSERT INTO flyway_schema_history
SELECT 99, version, description, 'DELETE', script, checksum, installed_by, installed_on, 0, true
FROM flyway_schema_history WHERE version = '2.2';

DROP TABLE tags;
