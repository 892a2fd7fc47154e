defmodule Library.Repo.Migrations.Authors do
  use Ecto.Migration

  def up, do: execute(File.read!("sql/20240101090000_authors.sql"))
end
