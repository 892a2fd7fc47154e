defmodule Library.Repo.Migrations.Books do
  use Ecto.Migration

  def up, do: execute(File.read!("sql/20240102090000_books.sql"))
end
