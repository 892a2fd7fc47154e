DROP INDEX books_by_pages
