CREATE INDEX ${concurrently} loans_due ON loans (due);
