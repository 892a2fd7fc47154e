UPDATE databasechangeloglock SET locked = true, lockedby = 'build (10.0.0.1)', lockgranted = localtimestamp - interval '5 hours' WHERE id = 1
