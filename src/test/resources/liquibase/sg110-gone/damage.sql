INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype) VALUES ('9', 'zoe', 'db/changes/009.sql', now(), 99, 'EXECUTED')
