DROP TABLE authors, books, loans, readers, cards, fines, notes CASCADE

DROP FUNCTION since_today
