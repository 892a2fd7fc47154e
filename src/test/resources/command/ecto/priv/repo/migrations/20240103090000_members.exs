defmodule Library.Repo.Migrations.Members do
  use Ecto.Migration

  def up, do: execute(File.read!("sql/20240103090000_members.sql"))
end
