DROP TABLE books_book_tags, books_tag
