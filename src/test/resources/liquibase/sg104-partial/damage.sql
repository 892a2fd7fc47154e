DROP INDEX authors_by_name
