DROP TABLE authors, books, loans, readers, cards, fines CASCADE

DROP FUNCTION since_today
