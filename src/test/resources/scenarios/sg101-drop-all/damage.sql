DROP TABLE shipments, invoices, order_lines, orders, customers;

DROP TYPE customer_tier;
