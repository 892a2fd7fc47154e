-- Lets pg_dump see exactly what this transaction sees. It waits meanwhile, as long as that takes.
-- Result sets: (1) of no interest; (2) the snapshot's name.
-- PostgreSQL 13 and newer; transaction_timeout is there from 17 on.
SELECT set_config(s.name, '0', true)
FROM pg_settings s
WHERE s.name IN ('idle_in_transaction_session_timeout', 'transaction_timeout');
SELECT pg_export_snapshot()
