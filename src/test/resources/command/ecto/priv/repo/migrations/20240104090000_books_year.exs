defmodule Library.Repo.Migrations.BooksYear do
  use Ecto.Migration

  def up, do: execute(File.read!("sql/20240104090000_books_year.sql"))
end
