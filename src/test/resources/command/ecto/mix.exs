defmodule Library.MixProject do
  use Mix.Project

  def project, do: [app: :library, version: "1.0.0", deps: [{:ecto_sql, "~> 3.12"}]]
end
