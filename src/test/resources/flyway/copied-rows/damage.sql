DROP TABLE floors;
