DROP TABLE cards, readers
