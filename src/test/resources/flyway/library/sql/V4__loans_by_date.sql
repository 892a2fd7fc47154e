CREATE INDEX CONCURRENTLY loans_due ON loans (due);
