"""The application: counts what it lives on, once."""

import os

import psycopg2

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection:
    cursor = connection.cursor()
    cursor.execute("SELECT count(*) FROM customers")
    customers = cursor.fetchone()[0]
    cursor.execute("SELECT count(*) FROM invoices")
    invoices = cursor.fetchone()[0]
print(f"app: {customers} customers, {invoices} invoices", flush=True)
