-- expect: inconsistent SG104(${r4})
-- repairs: graft
DROP INDEX books_year;
