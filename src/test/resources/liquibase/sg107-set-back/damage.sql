DELETE FROM databasechangelog WHERE id = 'fines'
