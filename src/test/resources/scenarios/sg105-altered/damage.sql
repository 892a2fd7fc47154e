ALTER TABLE fines ALTER COLUMN amount TYPE numeric(12, 2);

ALTER TABLE members ALTER COLUMN name DROP NOT NULL;

ALTER TABLE members ALTER COLUMN remark SET DEFAULT 'none';

ALTER TABLE members DROP CONSTRAINT ck_members_age, ADD CONSTRAINT ck_members_age CHECK (age >= 18);

DROP INDEX ix_fines_member_id;

CREATE INDEX ix_fines_member_id ON fines (member_id, amount);

ALTER TYPE member_status ADD VALUE 'suspended';

CREATE OR REPLACE FUNCTION member_label(integer, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $2 $$;
