package dev.stampguard.tool.flyway;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.flyway.replay.FlywayScript;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds and reads the scripts of all locations. */
final class ScriptFinder {
  /** Where classes are written, and how their files end. */
  static final Map<String, String> SOURCES =
      Map.of("src/main/java", ".java", "src/main/kotlin", ".kt");

  private final Path project;
  private final FlywaySettings settings;
  private final Placeholders placeholders;
  private final List<MigrationScript> scripts = new ArrayList<>();
  private final Callbacks callbacks = new Callbacks();
  private final List<GraphProblem> problems = new ArrayList<>();
  private final Set<Path> seen = new LinkedHashSet<>();

  ScriptFinder(Path project, FlywaySettings settings) {
    this.project = project;
    this.settings = settings;
    this.placeholders = new Placeholders(settings);
  }

  /** Every script, in no order; of every file once, however many locations reach it. */
  List<MigrationScript> find(List<Location> locations) {
    for (Location location : locations) {
      for (Path file : files(location.directory())) {
        script(location, location.directory(), file)
            .ifPresent(script -> read(script, file, settings.naming()));
      }
      location.programs().forEach(directory -> findPrograms(location, directory));
    }
    return List.copyOf(scripts);
  }

  /** What runs around them. */
  Callbacks callbacks() {
    return callbacks;
  }

  List<GraphProblem> problems() {
    return List.copyOf(problems);
  }

  /** The prefixes and the separator of classes are always these. */
  private void findPrograms(Location location, Path directory) {
    var naming = new ScriptName.Naming("V", "R", "U", "B", "__", List.copyOf(SOURCES.values()));
    for (Path file : files(directory)) {
      script(location, directory, file).ifPresent(script -> read(script, file, naming));
    }
  }

  /** A class's whole name, by its file's place below the language's sources. */
  private static String className(String path) {
    String sources = "src/main/";
    int language = path.lastIndexOf(sources) + sources.length();
    return path.substring(path.indexOf('/', language) + 1, path.lastIndexOf('.')).replace('/', '.');
  }

  /** What the schema history has of a file; empty when the location does not mean it. */
  private static Optional<String> script(Location location, Path root, Path file) {
    String path = root.relativize(file).toString().replace('\\', '/');
    return location
        .wildcard()
        .map(wildcard -> wildcard.script(path))
        .orElseGet(() -> Optional.of(path));
  }

  private Set<Path> files(Path directory) {
    var files = new TreeSet<Path>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try (Stream<Path> entries = Files.walk(directory)) {
      entries.filter(Files::isRegularFile).forEach(files::add);
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the directory `%s` cannot be read".formatted(relative(directory)),
          "check its permissions");
    }
    return files;
  }

  private void read(String script, Path file, ScriptName.Naming naming) {
    String fileName = file.getFileName().toString();
    Optional<Callbacks.Event> event = Callbacks.Event.of(fileName, naming);
    if (event.isPresent()) {
      text(file)
          .ifPresent(
              text ->
                  callbacks.add(
                      event.get(), new FlywayScript(file, relative(file), Optional.of(text))));
      return;
    }
    ScriptName.Read read = ScriptName.read(fileName, naming);
    read.objection().ifPresent(message -> problem(file, message));
    if (read.name().isEmpty() || !seen.add(file.toAbsolutePath().normalize())) {
      return;
    }
    ScriptName name = read.name().get();
    boolean isProgram = SOURCES.values().stream().anyMatch(fileName::endsWith);
    Optional<String> text = isProgram ? Optional.empty() : text(file);
    if (!isProgram && text.isEmpty()) {
      return;
    }
    scripts.add(
        new MigrationScript(
            name.version()
                .map(FlywayVersion::text)
                .orElse(
                    settings.naming().repeatable()
                        + settings.naming().separator()
                        + name.description().replace(' ', '_')),
            name,
            file,
            relative(file),
            isProgram ? className(relative(file)) : script,
            text,
            text.map(content -> checksums(name, fileName, content)).orElse(Set.of())));
  }

  /** Of a repeatable script the one that counts is of what runs; the other is taken for it too. */
  private Set<Integer> checksums(ScriptName name, String fileName, String content) {
    var checksums = new LinkedHashSet<Integer>();
    if (name.kind() == ScriptName.Kind.REPEATABLE) {
      checksums.add(Checksum.of(placeholders.replace(content, fileName)));
    }
    checksums.add(Checksum.of(content));
    return checksums;
  }

  private Optional<String> text(Path file) {
    try {
      return Optional.of(
          Files.readString(
              file, settings.encoding().map(Charset::forName).orElse(StandardCharsets.UTF_8)));
    } catch (CharacterCodingException e) {
      problem(file, "it is not " + settings.encoding().orElse("UTF-8"));
    } catch (IOException e) {
      problem(file, "it cannot be read");
    } catch (IllegalArgumentException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` sets an encoding that nobody knows".formatted(settings.file()),
          "name one that Java knows, for example `UTF-8`");
    }
    return Optional.empty();
  }

  private void problem(Path file, String message) {
    problems.add(
        new GraphProblem(
            GraphProblem.Kind.UNREADABLE_SCRIPT, message, relative(file), 1, List.of()));
  }

  private String relative(Path path) {
    return project
        .toAbsolutePath()
        .normalize()
        .relativize(path.toAbsolutePath().normalize())
        .toString()
        .replace('\\', '/');
  }
}
