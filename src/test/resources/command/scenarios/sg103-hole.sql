-- expect: inconsistent SG103(${r3})
-- repairs: missing recreate
DROP TABLE members;
