package dev.stampguard.service.replay;

import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.postgres.scratch.ServerPrograms;
import dev.stampguard.target.Target;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.alembic.AlembicProject;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.python.driver.DriverLauncher;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Replays as tests want them. */
final class Replays {
  static final PostgresConnector CONNECTOR =
      new PostgresConnector(
          new ConnectTimeout(Duration.ofSeconds(10)),
          new StatementTimeout(Duration.ofSeconds(60)),
          new LockTimeout(Duration.ofSeconds(10)));

  private Replays() {}

  /** On a throw-away server. */
  static ScratchPlacement throwAway() {
    return new ScratchPlacement.Auto();
  }

  /** On the server every test of this JVM shares. */
  static ScratchPlacement onServer() {
    return new ScratchPlacement.TargetServer();
  }

  /** A project's own settings, one argument of {@code -x}, and a minute for each revision. */
  static AlembicRun run(AlembicProject project) {
    return new AlembicRun(
        project.settingsFiles(),
        project.ledgerLocation(),
        settings(Map.of(), List.of("tenant=acme"), Duration.ofMinutes(1)));
  }

  /** Stampguard's own {@code env.py}, and the usual variable. */
  static RunSettings settings(
      Map<String, String> namingConvention, List<String> arguments, Duration limit) {
    return new RunSettings(
        Optional.empty(), Map.of(), false, namingConvention, arguments, "DATABASE_URL", limit);
  }

  /**
   * A replay with everything said.
   *
   * @param reference a database to take from what the scripts need and do not make
   */
  record Request(
      AlembicProject project,
      AlembicRun run,
      Interpreter interpreter,
      Scratches.Request place,
      Optional<Target> reference) {}

  static Request request(AlembicFiles files, Interpreter python, ScratchPlacement placement) {
    return request(files.project(), python, placement, UnaryOperator.identity());
  }

  /** With a run that is changed first. */
  static Request request(
      AlembicProject project,
      Interpreter python,
      ScratchPlacement placement,
      UnaryOperator<AlembicRun> change) {
    Target target = PostgresServer.shared().target("postgres");
    return new Request(
        project,
        change.apply(run(project)),
        python,
        new Scratches.Request(placement, Optional.of(target), DatabaseModel.plain(), List.of()),
        Optional.empty());
  }

  static Replay replay(Request request) {
    return replay(request, (done, total) -> {});
  }

  static Replay replay(Request request, ReplayProgress progress) {
    Optional<ServerPrograms> programs =
        request.place().placement() instanceof ScratchPlacement.Auto
            ? Optional.of(new ServerPrograms(programs()))
            : Optional.empty();
    return replay(request, programs, progress);
  }

  static Replay replay(
      Request request, Optional<ServerPrograms> programs, ReplayProgress progress) {
    return new Replayer(CONNECTOR, new Scratches(CONNECTOR, programs), request.project())
        .replay(
            new DriverLauncher(request.run(), request.interpreter()),
            request.place(),
            request.reference(),
            progress)
        .orElseThrow()
        .replay();
  }

  /** The directory of PostgreSQL's programs. */
  static Path programs() {
    return Path.of(
        value(
            PostgresServer.local(),
            "postgres",
            "SELECT setting FROM pg_config WHERE name = 'BINDIR'"));
  }

  /** The first column of the first row. */
  static String value(PostgresServer from, String database, String sql) {
    try (var connection = from.connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A revision's effects, one line each: created, dropped, altered. */
  static List<String> story(Replay replay, String revision) {
    return replay.expectation().revisions().get(revision).effects().stream()
        .map(
            effect -> {
              String after = effect.after().map(d -> " " + d.fullText()).orElse("");
              String sign = effect.before().isEmpty() ? "+ " : after.isEmpty() ? "- " : "~ ";
              return sign + effect.object() + after;
            })
        .sorted()
        .toList();
  }
}
