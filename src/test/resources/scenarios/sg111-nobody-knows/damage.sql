CREATE TABLE shipments_acme (id integer NOT NULL, CONSTRAINT shipments_acme_pkey PRIMARY KEY (id));
