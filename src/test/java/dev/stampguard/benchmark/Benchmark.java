package dev.stampguard.benchmark;

import dev.stampguard.postgres.ProgramSearch;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the gate beside what it stands in for and what it is compared with, each as a process,
 * in turns, so that whatever else the machine does hits all alike. Prints a Markdown table and puts
 * it into README.md between its markers. Started by {@code ./mvnw package -Pbenchmark}.
 */
public final class Benchmark {
  private static final String BEGIN = "<!-- benchmark: written by `./mvnw package -Pbenchmark` -->";
  private static final String END = "<!-- end of benchmark -->";
  private static final List<Integer> SIZES = List.of(22, 1_000, 10_000);
  private static final String SELECT = "psql -XAtc 'select 1'";

  /** Nothing was written on the server since the one before. */
  private static final String CHECK = "stampguard check";

  /** Something was, in another database. */
  private static final String AFTER_WRITE = "stampguard check, after a write";

  /** As where no answer is kept. */
  private static final String LOOK = "stampguard check, a first one";

  /** A file younger than two seconds is not relied on. */
  private static final Duration UNSURE = Duration.ofSeconds(3);

  private final Path target;
  private final PostgresServer server;
  private final Path clients;
  private final List<String> lines = new ArrayList<>();

  private Benchmark(Path target, PostgresServer server, Path clients) {
    this.target = target;
    this.server = server;
    this.clients = clients;
  }

  /**
   * Measures what the build left.
   *
   * @param args the build's directory; then numbers of tables, all when there are none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path target = Path.of(args[0]).toAbsolutePath();
    String path = System.getenv("PATH");
    Path clients =
        ProgramSearch.directories(path, "pg_dump").stream()
            .filter(directory -> !isWrapped(directory.resolve("psql")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("needs psql and pg_dump"));
    int newest = ProgramSearch.major(clients.resolve("pg_dump")).orElseThrow();
    int major = Stream.of(18, 15, 14).filter(m -> m <= newest).findFirst().orElseThrow();
    PostgresServer server = PostgresServer.of(Integer.toString(major));
    // What was made is not written to unless by what is measured.
    server.execute("postgres", "ALTER SYSTEM SET autovacuum = off");
    server.execute("postgres", "SELECT pg_reload_conf()");
    server.execute("postgres", "CREATE TABLE written (at timestamptz)");
    List<Integer> sizes =
        args.length == 1 ? SIZES : Stream.of(args).skip(1).map(Integer::valueOf).toList();
    var benchmark = new Benchmark(target, server, clients);
    Path work = Files.createTempDirectory("stampguard-benchmark");
    try {
      benchmark.measure(work, major, sizes);
    } finally {
      deleteAll(work);
    }
    benchmark.lines.forEach(System.out::println);
    // The embedded server's threads would keep this process waiting.
    System.exit(0);
  }

  private void measure(Path work, int major, List<Integer> sizes)
      throws IOException, InterruptedException {
    boolean isNative;
    try (DirectoryStream<Path> runners = Files.newDirectoryStream(target, "*-runner")) {
      isNative = runners.iterator().hasNext();
    }
    lines.add(
        "%s, PostgreSQL %d on the same machine, %d processors. Medians of runs in turns; `n×` is the ratio to `%s`."
            .formatted(
                isNative
                    ? "The native executable"
                    : "**The JVM build** (Java %s, AOT cache), not the native executable"
                        .formatted(Runtime.version().feature()),
                major,
                Runtime.getRuntime().availableProcessors(),
                SELECT));
    lines.add("");
    lines.add("| tables | program | median | ratio | memory | round trips |");
    lines.add("| ---: | --- | ---: | ---: | ---: | ---: |");
    for (int tables : sizes) {
      BenchmarkProject project = BenchmarkProject.create(server, work, tables);
      server.execute(project.database(), "VACUUM ANALYZE");
      measure(project, tables == SIZES.getFirst());
      // The larger ones take long: what is known is kept.
      putInto(Path.of("README.md"));
    }
  }

  private void measure(BenchmarkProject project, boolean startUpToo)
      throws IOException, InterruptedException {
    Map<String, Program> programs = programs(project, startUpToo);
    Thread.sleep(UNSURE);
    for (int run = 0; run < 2; run++) {
      programs.values().forEach(Program::warmUp);
    }
    int runs = project.tables() < 1_000 ? 11 : project.tables() < 10_000 ? 5 : 3;
    for (int run = 0; run < runs; run++) {
      programs.values().forEach(Program::measure);
    }
    double select = programs.get(SELECT).median().toNanos();
    for (Program program : programs.values()) {
      double median = program.median().toNanos();
      lines.add(
          "| %,d | `%s` | %s ms | %.2f× | %d MB | %s |"
              .formatted(
                  project.tables(),
                  program.name(),
                  median < 1e8
                      ? String.format(Locale.ROOT, "%.1f", median / 1e6)
                      : String.format(Locale.ROOT, "%,.0f", median / 1e6),
                  median / select,
                  program.peakMemory() >> 20,
                  roundTrips(program.name(), project)));
    }
  }

  private Map<String, Program> programs(BenchmarkProject project, boolean startUpToo)
      throws IOException {
    String url = server.url(project.database());
    var all = new ArrayList<Program>();
    if (startUpToo) {
      all.add(stampguard(project, url, "--version"));
      all.add(stampguard(project, url, "help"));
    }
    Program check = check(project, url, CHECK, true);
    all.add(check.after(check::run));
    all.add(check(project, url, AFTER_WRITE, true).after(this::write));
    all.add(check(project, url, LOOK, false));
    all.add(
        program(
            SELECT,
            project,
            List.of(clients.resolve("psql").toString(), "-XAtc", "select 1", url)));
    if (startUpToo) {
      onPath("psql")
          .map(psql -> program("psql on PATH", project, List.of(psql, "-XAtc", "select 1", url)))
          .ifPresent(all::add);
    }
    all.add(
        program(
            "pg_dump --schema-only",
            project,
            List.of(clients.resolve("pg_dump").toString(), "--schema-only", url)));
    onPath("alembic")
        .map(alembic -> program("alembic current", project, List.of(alembic, "current")))
        .ifPresent(all::add);
    flyway(project, "migrate").run();
    all.add(flyway(project, "validate"));
    var byName = new LinkedHashMap<String, Program>();
    all.forEach(program -> byName.put(program.name(), program));
    return byName;
  }

  /** Writes into another database. */
  private void write() {
    server.execute("postgres", "INSERT INTO written VALUES (now())");
    server.settle();
  }

  private Program stampguard(BenchmarkProject project, String url, String command) {
    return new Program(
        "stampguard " + command,
        project.directory(),
        Map.of("DATABASE_URL", url, "JAVA_HOME", System.getProperty("java.home")),
        List.of(target.resolve("stampguard").toString(), command));
  }

  private Program check(BenchmarkProject project, String url, String name, boolean remembers) {
    return new Program(
        name,
        project.directory(),
        Map.of(
            "DATABASE_URL", url,
            "JAVA_HOME", System.getProperty("java.home"),
            "XDG_CACHE_HOME", project.directory().resolve("cache").toString(),
            "STAMPGUARD_REMEMBER", Boolean.toString(remembers)),
        List.of(target.resolve("stampguard").toString(), "check"));
  }

  private Program program(String name, BenchmarkProject project, List<String> command) {
    return new Program(
        name, project.directory(), Map.of("DATABASE_URL", server.url(project.database())), command);
  }

  private Program flyway(BenchmarkProject project, String command) {
    return program(
        "flyway " + command,
        project,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            FlywayValidate.class.getName(),
            command,
            "jdbc:"
                + server.url(project.flywayDatabase()).replaceFirst("//[^@/]*@", "//")
                + "?user=postgres&password=postgres",
            project.flywayScripts().toString()));
  }

  /** How often a check waits for the server, from the connection's first byte on. */
  private String roundTrips(String name, BenchmarkProject project) throws IOException {
    if (!name.startsWith("stampguard check")) {
      return "";
    }
    try (var proxy = new CountingProxy(server.port())) {
      String url =
          server
              .url(project.database())
              .replace(":" + server.port() + "/", ":" + proxy.port() + "/");
      Program check = check(project, url, name, !name.equals(LOOK));
      check.run();
      check.run();
      if (name.equals(AFTER_WRITE)) {
        write();
      }
      int before = proxy.roundTrips();
      check.run();
      return Integer.toString(proxy.roundTrips() - before);
    }
  }

  /** Debian's programs on the PATH look for the right one first, in Perl. */
  private static boolean isWrapped(Path program) {
    try {
      return program.toRealPath().endsWith("pg_wrapper");
    } catch (IOException e) {
      return true; // not there
    }
  }

  private static Optional<String> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString);
  }

  private void putInto(Path readme) throws IOException {
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(
          "README.md has no place between `%s` and `%s`".formatted(BEGIN, END));
    }
    Files.writeString(
        readme,
        text.substring(0, begin)
            + BEGIN
            + "\n"
            + String.join("\n", lines)
            + "\n\n"
            + text.substring(end));
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
