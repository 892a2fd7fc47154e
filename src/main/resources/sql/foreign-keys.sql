-- The foreign keys of the current database that PostgreSQL is to keep, with what it takes to look for
-- rows that break them. Those that a partition takes over from its parent are the parent's.
-- Columns: schema, table and name of the constraint; the table in FROM; its columns; the referenced
-- table in FROM; its columns; the operators between them (referenced, own); MATCH FULL; PERIOD;
-- validated.
-- PostgreSQL 13 and newer: what came with 18 (PERIOD, NOT ENFORCED) is read by way of JSON.
SELECT n.nspname, c.relname, k.conname,
       CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || format('%I.%I', n.nspname, c.relname),
       (SELECT array_agg(a.attname::text ORDER BY u.position)
        FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, position)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
       CASE f.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || format('%I.%I', fn.nspname, f.relname),
       (SELECT array_agg(a.attname::text ORDER BY u.position)
        FROM unnest(k.confkey) WITH ORDINALITY AS u (attnum, position)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum),
       (SELECT array_agg(format('OPERATOR(%I.%s)', pn.nspname, o.oprname) ORDER BY u.position)
        FROM unnest(k.conpfeqop) WITH ORDINALITY AS u (operator, position)
        JOIN pg_operator o ON o.oid = u.operator
        JOIN pg_namespace pn ON pn.oid = o.oprnamespace),
       k.confmatchtype = 'f',
       coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false),
       k.convalidated
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class f ON f.oid = k.confrelid
JOIN pg_namespace fn ON fn.oid = f.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0
  AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
ORDER BY n.nspname, c.relname, k.conname
