-- expect: inconsistent SG105(${r2})
ALTER TABLE books ALTER COLUMN title TYPE varchar(50);
