DROP TABLE fines;
