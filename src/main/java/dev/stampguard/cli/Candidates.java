package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.backup.Backup;
import dev.stampguard.catalog.Databases;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.report.text.Printable;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Answers the script that completes words in a shell: the names that may stand there, each on a
 * line with a tab and what it is. Somebody waits at a prompt: the answer comes in time or not at
 * all, and nothing is ever asked or told.
 */
final class Candidates {
  /**
   * The first word of such a command line; the second is what is looked for. What was typed comes
   * on standard input, a word a line: arguments can be seen by everybody, and a URL may hold a
   * password.
   */
  static final String COMMAND = "__complete";

  /** How long a person waits who presses a key. */
  static final Duration LIMIT = Duration.ofMillis(300);

  private static final List<String> OPTIONS =
      List.of("--project", "--tool", "--env-file", "--url", "--url-variable", "--directory");

  private final Invocation invocation;
  private final Duration limit;

  Candidates(Invocation invocation, Duration limit) {
    this.invocation = quiet(invocation);
    this.limit = limit;
  }

  private static Invocation quiet(Invocation own) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Invocation(
        own.directory(),
        own.environment(),
        own.home(),
        own.user(),
        own.in(),
        own.out(),
        nowhere,
        own.inIsTerminal(),
        false,
        false);
  }

  /**
   * Prints what there is.
   *
   * @param what {@code databases}, {@code revisions} or {@code backups}
   * @return how the run ends: well, whatever happened
   */
  int answer(String what) {
    var task = new FutureTask<List<String>>(() -> find(what));
    // Reading and connecting cannot be broken off: what is late is left behind.
    var worker = new Thread(task, "candidates");
    worker.setDaemon(true);
    worker.start();
    try {
      var lines = new StringBuilder();
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS)
          .forEach(line -> lines.append(line).append('\n'));
      invocation.out().print(lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Nothing is known then.
    }
    return ExitCode.OK.code();
  }

  private List<String> find(String what) {
    var given = new HashMap<String, String>();
    if (!invocation.inIsTerminal()) {
      given.putAll(options(typed()));
    }
    var options = new CommonOptions();
    options.output = OutputFormat.TEXT;
    options.project = path(given.get("--project"));
    options.tool = given.get("--tool");
    options.envFile = path(given.get("--env-file"));
    options.url = given.get("--url");
    options.urlVariable = given.get("--url-variable");
    options.connectTimeout = limit.toMillis() + "ms";
    options.statementTimeout = limit.toMillis() + "ms";
    var setup = Setup.of(invocation, options);
    Stream<String> lines =
        switch (what) {
          case "databases" -> databases(setup);
          case "revisions" -> revisions(setup);
          case "backups" -> backups(setup, path(given.get("--directory")));
          default -> Stream.empty();
        };
    return lines.toList();
  }

  private List<String> typed() {
    try {
      return new String(invocation.in().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options that decide where to look, as far as they are complete. */
  private Map<String, String> options(List<String> typed) {
    var found = new HashMap<String, String>();
    for (int i = 0; i < typed.size(); i++) {
      String word = typed.get(i);
      for (String option : OPTIONS) {
        if (word.equals(option) && i + 1 < typed.size()) {
          found.put(option, plain(typed.get(i + 1)));
        } else if (word.startsWith(option + "=")) {
          found.put(option, plain(word.substring(option.length() + 1)));
        }
      }
    }
    return found;
  }

  /**
   * A word as the shell would hand it over, as far as that can be told without running anything.
   */
  private String plain(String typed) {
    if (typed.length() > 1
        && (typed.startsWith("'") || typed.startsWith("\""))
        && typed.endsWith(typed.substring(0, 1))) {
      return typed.substring(1, typed.length() - 1);
    }
    String bare = typed.replaceAll("\\\\(.)", "$1");
    return bare.startsWith("~/") ? invocation.home() + bare.substring(1) : bare;
  }

  private static Path path(String text) {
    return text == null ? null : Path.of(text);
  }

  private static Stream<String> databases(Setup setup) {
    Target target = setup.resolveTarget().target();
    try (PostgresConnection connection = setup.connector().open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      return Databases.all(transaction).stream().filter(Candidates::isTypable);
    }
  }

  private static Stream<String> revisions(Setup setup) {
    return setup.tool().stream()
        .flatMap(tool -> tool.scripts().graph().revisions().stream())
        .filter(revision -> isTypable(revision.id()))
        .map(Candidates::line);
  }

  private static String line(Revision revision) {
    return revision.id() + "\t" + Printable.escape(revision.message());
  }

  private Stream<String> backups(Setup setup, Path directory) {
    var options = new BackupOptions();
    options.directory = directory;
    return new BackupSetup(setup, invocation, options)
        .store().list().backups().stream()
            .filter(backup -> isTypable(backup.id()))
            .map(Candidates::line);
  }

  private static String line(Backup backup) {
    return backup.id() + "\t" + Printable.escape(backup.manifest().place().database());
  }

  /** Control characters in a name could do anything to a terminal. */
  private static boolean isTypable(String name) {
    return !name.isEmpty() && name.chars().noneMatch(Character::isISOControl);
  }
}
