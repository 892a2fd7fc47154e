CREATE TABLE accounts (id serial PRIMARY KEY, login text NOT NULL);

CREATE TABLE profiles (
    account_id integer NOT NULL CONSTRAINT profiles_account_id_fkey REFERENCES accounts (id),
    bio text,
    CONSTRAINT profiles_pkey PRIMARY KEY (account_id)
);
