-- expect: inconsistent SG102(${r3}, ${r4})
-- repairs: restamp
DROP TABLE members;
ALTER TABLE books DROP COLUMN year;
