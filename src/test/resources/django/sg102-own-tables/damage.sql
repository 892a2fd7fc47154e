DROP TABLE loans, books_book_tags, books_tag, books_book, books_author CASCADE
