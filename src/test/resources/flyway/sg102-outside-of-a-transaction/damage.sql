DROP INDEX loans_due;

DROP TABLE fines;
