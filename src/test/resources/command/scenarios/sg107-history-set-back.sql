-- expect: inconsistent SG107(${r3}, ${r4})
-- repairs: restamp
DELETE FROM ${ledger} WHERE ${column}::text IN ('${r3}', '${r4}');
