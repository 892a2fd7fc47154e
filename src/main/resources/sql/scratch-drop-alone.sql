-- As scratch-drop.sql, of a database in which nobody is but the server's own workers, which give way.
-- Parameter: name. PostgreSQL 13 and newer.
DROP DATABASE IF EXISTS %s
