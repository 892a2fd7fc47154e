package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * libpq's connection service files.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgservice.html">libpq</a>
 */
final class ServiceFile {
  private static final String NAME = "pg_service.conf";

  private ServiceFile() {}

  /**
   * What a service stands for.
   *
   * @param service the service's name
   * @param named the file that the source itself names, empty for the usual places
   * @param variables the environment the places come from
   * @param home the user's home directory
   * @param source who asks for the service, for messages
   * @throws StampguardException (usage) when no file defines it or its definition is malformed
   */
  static ConnectionSettings lookup(
      String service,
      Optional<String> named,
      Map<String, String> variables,
      Path home,
      String source) {
    List<Path> places = places(named, variables, home);
    for (Path place : places) {
      Optional<ConnectionSettings> found = read(place, service);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new StampguardException(
        ExitCode.USAGE,
        "`%s` asks for the service `%s`, which no service file defines".formatted(source, service),
        "add `[%s]` to `%s`".formatted(service, places.getFirst()));
  }

  private static List<Path> places(
      Optional<String> named, Map<String, String> variables, Path home) {
    var places = new ArrayList<Path>();
    places.add(
        named
            .or(() -> Optional.ofNullable(variables.get("PGSERVICEFILE")))
            .map(Path::of)
            .orElse(home.resolve(".pg_service.conf")));
    Optional.ofNullable(variables.get("PGSYSCONFDIR"))
        .ifPresent(directory -> places.add(Path.of(directory, NAME)));
    return places;
  }

  private static Optional<ConnectionSettings> read(Path file, String service) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the service file `%s` cannot be read as UTF-8 text".formatted(file),
          null);
    }
    int section = lines.stream().map(String::strip).toList().indexOf("[" + service + "]");
    if (section < 0) {
      return Optional.empty();
    }
    var settings = new ConnectionSettings();
    for (int i = section + 1; i < lines.size() && !lines.get(i).strip().startsWith("["); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        String keyword = equals < 0 ? line : line.substring(0, equals).strip();
        if (equals < 0 || !ConnectionSettings.isKeyword(keyword)) {
          throw new StampguardException(
              ExitCode.USAGE,
              "`%s:%s` is not a libpq connection parameter".formatted(file, i + 1),
              null);
        }
        settings.fill(keyword, line.substring(equals + 1).strip());
      }
    }
    return Optional.of(settings);
  }
}
