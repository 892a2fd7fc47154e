DROP TABLE fines

UPDATE databasechangelog SET exectype = 'FAILED' WHERE id = 'fines'
