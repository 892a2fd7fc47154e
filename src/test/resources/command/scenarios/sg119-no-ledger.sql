-- expect: inconsistent SG119(${r1}, ${r2}, ${r3}, ${r4})
-- repairs: restamp
DROP TABLE ${ledger};
