package dev.stampguard.tool.python.driver;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the Python that the project's migrations run with. */
public final class InterpreterSearch {
  private static final long PROBE_SECONDS = 20;

  /** What {@code pip} writes when the interpreter's path is too long for a first line. */
  private static final Pattern LONG_SHEBANG = Pattern.compile("'''exec' \"?([^\"\\s]+)\"?.*");

  private static final String PROBE =
      """
      import importlib.util, sys
      sys.path[:] = [entry for entry in sys.path if entry]
      names = sys.argv[1:]
      missing = [name for name in names if importlib.util.find_spec(name) is None]
      print("has no module " + missing[0] if missing else "ok")
      """;

  private final Wanted wanted;
  private final Path project;
  private final Map<String, String> environment;
  private final List<String> refusals = new ArrayList<>();

  /**
   * What an interpreter is wanted for.
   *
   * @param command the tool's own command, whose first line names its interpreter
   * @param modules what must be there to be imported
   */
  public record Wanted(String command, List<String> modules) {
    public Wanted {
      Objects.requireNonNull(command);
      modules = List.copyOf(modules);
    }
  }

  /**
   * @param project the project's directory
   * @param environment the process environment: {@code PATH} and {@code VIRTUAL_ENV} are read
   */
  public InterpreterSearch(Wanted wanted, Path project, Map<String, String> environment) {
    this.wanted = Objects.requireNonNull(wanted);
    this.project = Objects.requireNonNull(project);
    this.environment = Map.copyOf(environment);
  }

  /**
   * Finds the first interpreter that has the modules, or checks the one that was named.
   *
   * @param named what {@code --python} says: nothing else is tried then
   * @throws StampguardException (usage) when there is none, with the reason for each
   */
  public Interpreter find(Optional<String> named) {
    List<Interpreter> candidates =
        named.map(name -> List.of(named(name))).orElseGet(this::candidates);
    for (Interpreter candidate : candidates) {
      Optional<String> refusal = refusal(candidate.program());
      if (refusal.isEmpty()) {
        return candidate;
      }
      refusals.add(
          "`%s` (%s): %s".formatted(candidate.program(), candidate.source(), refusal.get()));
    }
    throw new StampguardException(
        ExitCode.USAGE,
        refusals.isEmpty()
            ? "no Python was found to run the migrations with"
            : "no Python here can run the migrations: " + String.join(", ", refusals),
        "name the project's interpreter with `--python`");
  }

  /** Why each interpreter that was tried cannot be used, in the order tried. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  private Interpreter named(String name) {
    Path program = name.contains("/") ? project.resolve(name) : onPath(name).orElse(Path.of(name));
    return new Interpreter(program, "--python");
  }

  private List<Interpreter> candidates() {
    var found = new ArrayList<Interpreter>();
    Optional.ofNullable(environment.get("VIRTUAL_ENV"))
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> found.add(new Interpreter(in(Path.of(value)), "$VIRTUAL_ENV")));
    for (String name : List.of(".venv", "venv")) {
      Path program = in(project.resolve(name));
      if (Files.exists(program)) {
        found.add(new Interpreter(program, name));
      }
    }
    onPath(wanted.command())
        .flatMap(InterpreterSearch::shebang)
        .flatMap(this::interpreterOf)
        .ifPresent(
            program ->
                found.add(
                    new Interpreter(
                        program, "the first line of `%s`".formatted(wanted.command()))));
    onPath("python3").ifPresent(program -> found.add(new Interpreter(program, "python3")));
    return found;
  }

  private static Path in(Path virtualEnvironment) {
    return virtualEnvironment.resolve("bin").resolve("python");
  }

  private Optional<Path> onPath(String name) {
    for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path program = Path.of(entry.isEmpty() ? "." : entry).resolve(name);
      if (Files.isExecutable(program) && !Files.isDirectory(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /** The words after {@code #!}, or of the line that stands in for it. */
  private static Optional<List<String>> shebang(Path script) {
    List<String> lines;
    try (var in = Files.newInputStream(script)) {
      // A program of another kind may be large and is not text.
      lines = new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.getFirst().startsWith("#!")) {
      return Optional.empty();
    }
    if (lines.size() > 1) {
      Matcher stand = LONG_SHEBANG.matcher(lines.get(1));
      if (stand.matches()) {
        return Optional.of(List.of(stand.group(1)));
      }
    }
    return Optional.of(List.of(lines.getFirst().substring(2).strip().split("\\s+")));
  }

  private Optional<Path> interpreterOf(List<String> words) {
    String program = words.getFirst();
    if (program.endsWith("/env") && words.size() > 1) {
      return onPath(words.getLast());
    }
    return program.startsWith("/") ? Optional.of(Path.of(program)) : Optional.empty();
  }

  /** Why the program cannot be used; empty when it can. */
  private Optional<String> refusal(Path program) {
    if (!Files.isExecutable(program)) {
      return Optional.of("not there");
    }
    try {
      var words = new ArrayList<>(List.of(program.toString(), "-c", PROBE));
      words.addAll(wanted.modules());
      Process probe =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      probe.getOutputStream().close();
      if (!probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
        probe.destroyForcibly();
        return Optional.of("does not answer");
      }
      String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.strip().equals("ok")
          ? Optional.empty()
          : Optional.of(said.isBlank() ? "is not Python 3" : said.strip());
    } catch (IOException e) {
      return Optional.of("cannot be run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
