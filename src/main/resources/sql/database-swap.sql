-- Begins the transaction that swaps names. The limit is for the lock on the database itself, which
-- another rename or a CREATE DATABASE from it may hold. PostgreSQL 13 and newer.
BEGIN;
SET LOCAL lock_timeout = '10s';
SET LOCAL statement_timeout = '60s'
