--liquibase formatted sql

--changeset ben:loans
CREATE TABLE loans (
  id int PRIMARY KEY,
  book_id int NOT NULL REFERENCES books (id),
  since date NOT NULL
);

--changeset ben:since-today splitStatements:false
CREATE FUNCTION since_today() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.since := coalesce(NEW.since, current_date);
  RETURN NEW;
END
$$;
CREATE TRIGGER since_today BEFORE INSERT ON loans FOR EACH ROW EXECUTE FUNCTION since_today();

--changeset ben:loans-by-date runInTransaction:false
CREATE INDEX CONCURRENTLY loans_by_date ON loans (since);

--changeset ben:readers endDelimiter:GO
CREATE TABLE readers (id int PRIMARY KEY)
GO
CREATE TABLE cards (id int PRIMARY KEY, reader_id int REFERENCES readers (id))
GO
