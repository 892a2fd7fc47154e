package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.client.ClientCommand;
import dev.stampguard.postgres.client.ClientPrograms;
import dev.stampguard.postgres.client.ClientPrograms.Program;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A copy of a database's schema in a scratch database beside it, with the ledger's rows and no
 * others: on the same server, so that it takes what the target takes.
 */
final class SchemaCopy implements AutoCloseable {
  /** What belongs to others, or to the whole server, and says nothing about a change of schema. */
  private static final List<String> WITHOUT =
      List.of(
          "--no-owner",
          "--no-privileges",
          "--no-comments",
          "--no-publications",
          "--no-subscriptions",
          "--no-security-labels",
          "--no-tablespaces");

  /** As the table of contents names one: two numbers, then its kind. */
  private static final Pattern EVENT_TRIGGER = Pattern.compile("^\\d+; \\d+ \\d+ EVENT TRIGGER ");

  private final Scratch scratch;

  private SchemaCopy(Scratch scratch) {
    this.scratch = Objects.requireNonNull(scratch);
  }

  /**
   * Makes it.
   *
   * @param placement another server for it; empty for the target's own
   * @param ledgerRows SQL that gives the ledger its rows; empty when it has none
   * @throws StampguardException (no access) when the role may not create databases, or there is no
   *     {@code pg_dump} that fits
   */
  static SchemaCopy of(
      PostgresConnector connector,
      Target target,
      Optional<Target> placement,
      String path,
      Optional<String> ledgerRows) {
    int major;
    DatabaseModel model;
    InvalidIndexes invalid;
    try (PostgresConnection connection = connector.open(target);
        ReadOnlyTransaction transaction = connection.readOnly()) {
      major = connection.serverMajor();
      model = withoutObjects(DatabaseModel.read(transaction));
      invalid = InvalidIndexes.of(transaction);
    }
    ClientPrograms programs = ClientPrograms.find(path, major);
    Scratch scratch =
        new Scratches(connector, Optional.empty())
            .open(
                new Scratches.Request(
                    placement
                        .<ScratchPlacement>map(ScratchPlacement.At::new)
                        .orElseGet(ScratchPlacement.TargetServer::new),
                    Optional.of(target),
                    model,
                    List.of()))
            .orElseThrow();
    try {
      copy(programs, target, scratch.target());
      invalid.leaveIn(scratch.target(), connector);
      if (ledgerRows.isPresent()) {
        execute(connector, scratch.target(), ledgerRows.get());
      }
      return new SchemaCopy(scratch);
    } catch (StampguardException e) {
      scratch.close();
      throw e;
    }
  }

  /** The dump brings schemas and extensions itself. */
  private static DatabaseModel withoutObjects(DatabaseModel model) {
    var extensions = new HashSet<String>();
    model.extensions().forEach(extension -> extensions.add(extension.name()));
    return model.without(new HashSet<>(model.schemas()), extensions);
  }

  private static void copy(ClientPrograms programs, Target from, Target to) {
    try {
      Path dump = Files.createTempFile("stampguard-schema-", ".dump");
      Path list = Files.createTempFile("stampguard-schema-", ".list");
      try {
        var dumping = new ArrayList<>(WITHOUT);
        dumping.addAll(List.of("--schema-only", "--format=custom"));
        ClientCommand.on(from, programs, Program.PG_DUMP, dumping).writeTo(dump);
        Files.write(list, entries(programs, dump));
        var restoring = new ArrayList<>(WITHOUT);
        restoring.addAll(List.of("--use-list=" + list, dump.toString()));
        ClientCommand.on(to, programs, Program.PG_RESTORE, restoring).run();
      } finally {
        Files.deleteIfExists(dump);
        Files.deleteIfExists(list);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only a superuser may make an event trigger, and nobody wants its doings in a copy. */
  private static List<String> entries(ClientPrograms programs, Path dump) {
    var entries = new ArrayList<String>();
    ClientCommand.offline(programs, Program.PG_RESTORE, List.of("--list", dump.toString()))
        .forEachLine(entries::add);
    entries.removeIf(entry -> EVENT_TRIGGER.matcher(entry).find());
    return entries;
  }

  private static void execute(PostgresConnector connector, Target target, String sql) {
    try (PostgresConnection connection = connector.open(target);
        Statement statement = connection.jdbc().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, target);
    }
  }

  /** How to connect to it. */
  Target target() {
    return scratch.target();
  }

  /** Whether a failure to make one means that there can be no rehearsal at all. */
  static boolean isImpossible(StampguardException failure) {
    return failure.exitCode() == ExitCode.NO_ACCESS;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
