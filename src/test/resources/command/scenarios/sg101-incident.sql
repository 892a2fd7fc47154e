-- expect: inconsistent SG101(${r1}, ${r2}, ${r3}, ${r4})
DROP TABLE books, authors, members;
