import Config

# config :library, Library.Repo, migration_source: "old"
config :library, Library.Repo, migration_source: "library_migrations"
