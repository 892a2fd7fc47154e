"""Reads the settings and sets everything up. The last of the files; talk.py is the first."""


def configuration(settings):
    """What `alembic upgrade heads` would have."""
    words = ["-x" + argument for argument in settings.get("x_arguments") or ()]
    files = {}
    if settings.get("toml"):
        files["toml_file"] = settings["toml"]
    config = Config(
        settings.get("ini"),
        cmd_opts=CommandLine().parser.parse_args(words + ["upgrade", "heads"]),
        **files
    )
    if settings.get("script_location"):
        config.set_main_option(
            "script_location", settings["script_location"].replace("%", "%%")
        )
        config.remove_main_option("version_locations")
    point(config)
    return config


def main():
    commands = Commands()
    settings = commands.settings
    changes = settings.get("lock_timeout") is not None
    database = AlchemyDatabase("the target" if changes else "the scratch database")
    file = None
    try:
        config = configuration(settings)
        scripts = ScriptDirectory.from_config(config)
        if settings.get("project_environment"):
            environment = ProjectEnvironment(config, database)
            file = scripts.env_py_location
        else:
            environment = OwnEnvironment(config, settings)
        worker = Change(scripts, commands) if changes else Replay(scripts, commands)
        with EnvironmentContext(
            config, scripts, fn=worker.steps, as_sql=False, starting_rev=None,
            destination_rev="heads", tag=None
        ) as context:
            environment.run(context, worker)
        if not worker.stopped:
            raise RuntimeError("it does not run the migrations")
    except Unloadable as found:
        traceback.print_exc(file=sys.stderr)
        broken(found.error, found.file, found.line)
    except (Exception, SystemExit) as error:
        traceback.print_exc(file=sys.stderr)
        broken(error, file, line_in(file, error) if file else 1)


main()
