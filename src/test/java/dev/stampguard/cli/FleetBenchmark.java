package dev.stampguard.cli;

import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How long many databases take, against a shell loop over {@code psql -c 'select 1'}; prints
 * figures, asserts nothing. Not part of the suite:
 *
 * <pre>
 * mvn test -Dtest=FleetBenchmark -Dfleet.databases=1000 -Dfleet.rounds=5
 *     -Dfleet.server=postgresql://postgres@127.0.0.1:5432/ -Dfleet.psql=/usr/lib/postgresql/15/bin/psql
 * </pre>
 *
 * Without {@code fleet.server} the tests' own server is used. A database takes 8 MB of disk. Both
 * ways run in turn; {@code fleet.program} names another stampguard than the classes under test, the
 * native executable for example.
 */
class FleetBenchmark {
  private static final int DATABASES = Integer.getInteger("fleet.databases", 100);
  private static final int ROUNDS = Integer.getInteger("fleet.rounds", 3);
  private static final List<Integer> PARALLEL = List.of(1, 2, 4, 8, 16);
  private static final String PREFIX = "fleet_benchmark_";

  private final String base =
      System.getProperty("fleet.server", PostgresServer.shared().url("")).replaceAll("/$", "")
          + "/";

  @TempDir private Path project;

  /** How long a run took, and how much memory it had at most. */
  private record Run(double seconds, double megabytes) {}

  @Test
  void measure() throws Exception {
    FleetBench.write(project);
    create();
    try {
      compare();
    } finally {
      drop();
    }
  }

  private void create() throws SQLException {
    drop();
    execute("postgres", "CREATE DATABASE " + PREFIX + "template");
    execute(
        PREFIX + "template",
        FleetBench.LEDGER
            + FleetBench.FIRST
            + FleetBench.SECOND
            // As many tables as the incident had.
            + IntStream.range(0, 20)
                .mapToObj(
                    i ->
                        "CREATE TABLE more_%1$d (id serial PRIMARY KEY, a text, b integer, c date);"
                            .formatted(i))
                .reduce("", String::concat)
            + FleetBench.stamp("a2"));
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < DATABASES; i++) {
        String create = "CREATE DATABASE %s%04d TEMPLATE %stemplate".formatted(PREFIX, i, PREFIX);
        // Copying files is much quicker than logging every page, which is the default since 15.
        statement.execute(
            connection.getMetaData().getDatabaseMajorVersion() < 15
                ? create
                : create + " STRATEGY file_copy");
      }
    }
  }

  private void drop() throws SQLException {
    var names =
        Stream.concat(
            Stream.of("template"), IntStream.range(0, DATABASES).mapToObj("%04d"::formatted));
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String name : names.toList()) {
        statement.execute("DROP DATABASE IF EXISTS " + PREFIX + name);
      }
    }
  }

  private void compare() throws IOException, InterruptedException {
    loop(); // each database's first session builds its caches
    var psql = new ArrayList<Run>();
    var checks = new ArrayList<List<Run>>();
    PARALLEL.forEach(p -> checks.add(new ArrayList<>()));
    for (int round = 0; round < ROUNDS; round++) {
      psql.add(loop());
      for (int i = 0; i < PARALLEL.size(); i++) {
        checks.get(i).add(check(PARALLEL.get(i)));
      }
    }
    double loop = median(psql.stream().mapToDouble(Run::seconds).toArray());
    System.out.printf(
        Locale.ROOT, "%n%d databases, medians of %d runs in turn%n", DATABASES, ROUNDS);
    print("psql in a shell loop", loop, loop, 0);
    for (int i = 0; i < PARALLEL.size(); i++) {
      print(
          "check --parallel " + PARALLEL.get(i),
          median(checks.get(i).stream().mapToDouble(Run::seconds).toArray()),
          loop,
          checks.get(i).stream().mapToDouble(Run::megabytes).max().orElseThrow());
    }
  }

  private static void print(String what, double seconds, double loop, double megabytes) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %7.2f s  %6.0f databases/s  %5.2f x  %s%n",
        what,
        seconds,
        DATABASES / seconds,
        loop / seconds,
        megabytes == 0 ? "" : "%.0f MB resident at most".formatted(megabytes));
  }

  /** One process of psql for each, as a script would do it. */
  private Run loop() throws IOException, InterruptedException {
    String psql = System.getProperty("fleet.psql", "psql");
    return time(
        List.of(
            "sh",
            "-c",
            "i=0; while [ $i -lt %d ]; do %s -XAtc 'select 1' \"$0$(printf %%04d $i)\" || exit 1; i=$((i+1)); done"
                .formatted(DATABASES, psql),
            base + PREFIX));
  }

  private Run check(int parallel) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    String program = System.getProperty("fleet.program", "");
    if (program.isEmpty()) {
      command.addAll(Programs.java("-Xmx64m"));
    } else {
      command.add(program);
    }
    command.addAll(
        List.of(
            "check",
            "--url",
            base + PREFIX + "template",
            "--databases",
            PREFIX + "????",
            "--parallel",
            "" + parallel));
    return time(command);
  }

  private Run time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        Programs.process(command)
            .directory(project.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    double megabytes = 0;
    while (process.isAlive()) {
      megabytes = Math.max(megabytes, megabytes(process.pid()));
      Thread.sleep(5);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(command + " ended with " + process.exitValue());
    }
    return new Run(seconds, megabytes);
  }

  /** The most it ever had in memory, as Linux counts it; 0 elsewhere. */
  private static double megabytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static double median(double... values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(String database) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl("jdbc:" + base.replaceFirst("//[^/@]*@", "//") + database);
    String[] credentials = base.replaceFirst(".*//([^/@]*)@.*", "$1").split(":", 2);
    source.setUser(credentials[0]);
    source.setPassword(credentials.length == 1 ? null : credentials[1]);
    return source.getConnection();
  }
}
