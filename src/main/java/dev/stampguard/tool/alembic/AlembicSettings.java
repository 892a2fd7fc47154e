package dev.stampguard.tool.alembic;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.alembic.replay.SettingsFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Alembic's settings in one directory: the section {@code [alembic]} of {@code alembic.ini}, and
 * for what it does not say {@code [tool.alembic]} of {@code pyproject.toml}.
 */
final class AlembicSettings {
  private static final String INI = "alembic.ini";
  private static final String TOML = "pyproject.toml";

  /** The files that may hold them. */
  static final List<String> FILES = List.of(INI, TOML);

  private static final String SECTION = "alembic";
  private static final String URL = "sqlalchemy.url";

  /** What {@code alembic init} writes for somebody to replace. */
  private static final String UNTOUCHED_URL = "driver://user:pass@localhost/dbname";

  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");

  private final Path directory;
  private final String project;
  private final Optional<IniFile> ini;
  private final Optional<TomlTable> toml;

  /** Where the scripts are, whatever the files say. */
  private final Optional<Path> scripts;

  private AlembicSettings(
      Path directory,
      String project,
      Optional<IniFile> ini,
      Optional<TomlTable> toml,
      Optional<Path> scripts) {
    this.directory = directory;
    this.project = project;
    this.ini = ini;
    this.toml = toml;
    this.scripts = scripts;
  }

  /** Those of a project that has none. */
  static AlembicSettings none(Path project) {
    return new AlembicSettings(project, "", Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with the scripts elsewhere. */
  AlembicSettings withScripts(Path directory) {
    return new AlembicSettings(this.directory, project, ini, toml, Optional.of(directory));
  }

  /**
   * Reads what a directory holds.
   *
   * @param project the project, for the names of files in messages
   * @return empty when Alembic is not configured there
   */
  static Optional<AlembicSettings> in(Path directory, Path project) {
    String here = here(directory);
    String prefix = directory.equals(project) ? "" : project.relativize(directory) + "/";
    Optional<IniFile> ini =
        text(directory.resolve(INI), prefix + INI)
            .map(text -> IniFile.parse(text, here))
            .filter(file -> file.hasSection(SECTION));
    Optional<TomlTable> toml =
        text(directory.resolve(TOML), prefix + TOML)
            .flatMap(text -> toml(text, here, prefix + TOML));
    return ini.isEmpty() && toml.isEmpty()
        ? Optional.empty()
        : Optional.of(new AlembicSettings(directory, prefix, ini, toml, Optional.empty()));
  }

  private static Optional<String> text(Path file, String name) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`" + name + "` is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`" + name + "` cannot be read", "check its permissions");
    }
  }

  private static Optional<TomlTable> toml(String text, String here, String name) {
    try {
      return TomlTable.parse(text, here);
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`" + name + "` is not TOML", "correct its syntax");
    }
  }

  /** The directory the settings are in. */
  Path directory() {
    return directory;
  }

  /** The files that hold them, for Alembic to read. */
  SettingsFiles files() {
    Path here = directory.toAbsolutePath().normalize();
    return new SettingsFiles(
        here, ini.map(file -> here.resolve(INI)), toml.map(table -> here.resolve(TOML)), scripts);
  }

  /** The file to name when a setting is wrong, relative to the project. */
  String file() {
    return project + (ini.isPresent() ? INI : TOML);
  }

  /** Where the scripts are, when somebody said so who need not ask the files. */
  Optional<Path> scripts() {
    return scripts;
  }

  /** One setting: the ini file's, else the TOML table's. */
  Optional<String> option(String key) {
    Optional<String> value = ini.flatMap(file -> file.value(SECTION, key));
    return value.isPresent()
        ? value
        : toml.flatMap(table -> table.strings(key)).map(List::getFirst);
  }

  boolean flag(String key) {
    return option(key).map(value -> TRUE.contains(value.toLowerCase(Locale.ROOT))).orElse(false);
  }

  /** The line a setting of the ini file stands on; 1 when it is not there. */
  int line(String key) {
    return ini.flatMap(file -> file.raw(SECTION, key)).map(IniFile.Entry::line).orElse(1);
  }

  /** {@code version_locations}, cut as {@code path_separator} and its older spellings say. */
  List<String> versionLocations() {
    return paths("version_locations", ", *| +", "path_separator", "version_path_separator");
  }

  /** {@code prepend_sys_path}: directories whose packages a location may name. */
  List<String> sysPath() {
    return paths("prepend_sys_path", ", *| +|:", "path_separator");
  }

  private List<String> paths(String key, String legacySeparator, String... separatorKeys) {
    Optional<String> value =
        ini.flatMap(file -> file.value(SECTION, key)).filter(v -> !v.isEmpty());
    if (value.isEmpty()) {
      return toml.flatMap(table -> table.strings(key)).orElse(List.of());
    }
    String separator = legacySeparator;
    for (String separatorKey : separatorKeys) {
      Optional<String> configured = ini.flatMap(file -> file.value(SECTION, separatorKey));
      if (configured.isPresent()) {
        separator = separator(separatorKey, configured.get());
        break;
      }
    }
    return Arrays.stream(value.get().split(separator))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .toList();
  }

  private String separator(String key, String name) {
    return switch (name) {
      case "space" -> " ";
      case "newline" -> "\n";
      case "os" -> java.io.File.pathSeparator;
      case ":", ";" -> name;
      default ->
          throw new StampguardException(
              ExitCode.USAGE,
              "`%s:%s` sets `%s` to `%s`, which Alembic does not know"
                  .formatted(file(), line(key), key, name),
              "use one of `os`, `space`, `newline`, `:`, `;`");
    };
  }

  /** The database URL; none where it is a placeholder for what {@code env.py} puts there. */
  Optional<ToolUrl> url() {
    return ini.flatMap(this::url);
  }

  private Optional<ToolUrl> url(IniFile file) {
    String name = project + INI;
    String here = here(directory);
    return file.traced(SECTION, URL)
        .filter(url -> url.text().contains("://") && !url.text().equals(UNTOUCHED_URL))
        .filter(url -> Stream.of("${", "{{", "<").noneMatch(url.text()::contains))
        .map(
            url ->
                new ToolUrl(
                    url,
                    "%s:%s %s".formatted(name, file.raw(SECTION, URL).orElseThrow().line(), URL),
                    Optional.of(
                        new ToolUrl.Place(
                            directory.toAbsolutePath().normalize().resolve(INI),
                            name,
                            text -> url(IniFile.parse(text, here))))));
  }

  /** What Alembic's {@code %(here)s} stands for. */
  private static String here(Path directory) {
    return directory.toAbsolutePath().normalize().toString().replace('\\', '/');
  }
}
