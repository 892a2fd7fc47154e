CREATE OR REPLACE VIEW open_loans AS
SELECT l.id, b.title, m.email
FROM loans l JOIN books b ON b.id = l.book_id JOIN members m ON m.id = l.member_id;
