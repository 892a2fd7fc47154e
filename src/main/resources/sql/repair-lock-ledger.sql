-- Keeps everybody else from writing the ledger until the transaction ends; reading goes on.
-- PostgreSQL 13 and newer. The table is put in place of %s.
LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE
