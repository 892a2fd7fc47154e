CREATE INDEX ix_customers_by_hand ON customers (email, name);
