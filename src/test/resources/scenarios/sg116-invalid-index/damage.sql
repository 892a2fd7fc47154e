INSERT INTO customers (email, name, phone) VALUES ('ada@example.org', 'Ada', '1'), ('bob@example.org', 'Bob', '1');

-- fails with 23505
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_customers_phone ON customers (phone);

DELETE FROM customers WHERE name = 'Bob';

CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_customers_phone ON customers (phone);
