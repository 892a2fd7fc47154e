DROP TABLE shelf.fines;
