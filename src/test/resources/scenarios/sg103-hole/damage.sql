-- What inserting an ancestor into a released history looks like in the end.
DROP TABLE invoices;
