CREATE FUNCTION "body of"(n integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RETURN n + 1; -- a ; and a '
END
$$;
CREATE TABLE "semi;colon" (id integer);
