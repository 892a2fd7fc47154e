package dev.stampguard.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogChange;
import dev.stampguard.catalog.CatalogWatch;
import dev.stampguard.catalog.FullReads;
import dev.stampguard.catalog.IncrementalReads;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.replay.GapFiller;
import dev.stampguard.expectation.replay.Replay;
import dev.stampguard.expectation.replay.ReplayExpectation;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.Scratch;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.postgres.scratch.ServerPrograms;
import dev.stampguard.target.Target;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.Pythons;
import dev.stampguard.tool.alembic.AlembicProject;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.python.driver.DriverRunner;
import dev.stampguard.tool.python.driver.Interpreter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures a replay against {@code alembic upgrade head} of the same scripts: 300 revisions over
 * 150 tables, paired runs on one server, its start excluded. Not part of the suite, because times
 * of a busy machine prove nothing: {@code mvn test -Dtest=ReplayBenchmark}.
 */
class ReplayBenchmark {
  private static final int TABLES = 150;
  private static final int RUNS = 5;
  private static final PostgresConnector CONNECTOR =
      new PostgresConnector(
          new ConnectTimeout(Duration.ofSeconds(10)),
          new StatementTimeout(Duration.ofSeconds(60)),
          new LockTimeout(Duration.ofSeconds(10)));

  /** What a replay costs however it looks. */
  private static final CatalogWatch BLIND =
      new CatalogWatch() {
        @Override
        public List<CatalogChange> changes() {
          return List.of();
        }

        @Override
        public boolean isProven() {
          return true;
        }
      };

  @TempDir Path directory;

  @Test
  void aReplayTakesAtMostTwiceTheUpgrade() throws IOException, InterruptedException {
    AlembicProject project = generate().project();
    Interpreter python = Pythons.withAlembic().getLast();
    Map<String, Function<Scratch, Double>> ways = new LinkedHashMap<>();
    ways.put("upgrade", scratch -> upgrade(python, scratch.target()));
    ways.put("without looking", scratch -> replay(project, python, scratch, c -> BLIND));
    ways.put("incremental", scratch -> replay(project, python, scratch, IncrementalReads::begin));
    ways.put("full reads", scratch -> replay(project, python, scratch, FullReads::new));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int run = 0; run < RUNS; run++) {
      ways.forEach(
          (way, work) -> times.computeIfAbsent(way, w -> new ArrayList<>()).add(inScratch(work)));
    }
    double upgrade = median(times.get("upgrade"));
    times.forEach(
        (way, seconds) ->
            System.out.printf(
                "%-15s %s  median %.2f s, %.2f x%n",
                way, seconds, median(seconds), median(seconds) / upgrade));
    assertThat(median(times.get("incremental")) / upgrade).isLessThanOrEqualTo(2.0);
  }

  private static double inScratch(Function<Scratch, Double> work) {
    var scratches = new Scratches(CONNECTOR, ServerPrograms.find(System.getenv("PATH")));
    try (Scratch scratch =
        scratches
            .open(
                new Scratches.Request(
                    new ScratchPlacement.Auto(),
                    Optional.empty(),
                    DatabaseModel.plain(),
                    List.of()))
            .orElseThrow()) {
      return work.apply(scratch);
    }
  }

  private double upgrade(Interpreter python, Target scratch) {
    var builder =
        new ProcessBuilder(python.program().toString(), "-m", "alembic", "upgrade", "head")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("upgrade.log").toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder
        .environment()
        .put(
            "DATABASE_URL",
            "postgresql://%s@/%s?host=%s"
                .formatted(
                    scratch.user(), scratch.database(), scratch.endpoints().getFirst().host()));
    long start = System.nanoTime();
    try {
      assertThat(builder.start().waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return seconds(start);
  }

  private static double replay(
      AlembicProject project,
      Interpreter python,
      Scratch scratch,
      Function<PostgresConnection, CatalogWatch> watching) {
    var run =
        new AlembicRun(
            project.settingsFiles(),
            project.ledgerLocation(),
            Replays.settings(Map.of(), List.of(), Duration.ofMinutes(1)));
    var watch = new Timed();
    long start = System.nanoTime();
    try (var driver = DriverRunner.start(run, python, scratch.target());
        PostgresConnection connection = CONNECTOR.open(scratch.target())) {
      CatalogWatch looking = watching.apply(connection);
      driver.connect();
      Replay replay =
          ReplayExpectation.of(
              project.scripts(),
              driver,
              watch.over(looking),
              new ReplayExpectation.Place(
                  "public", Set.of(new QualifiedName("public", "alembic_version"))),
              GapFiller.NONE,
              (done, total) -> {});
      assertThat(replay.complete()).as(replay.failures().toString()).isTrue();
      assertThat(replay.proven()).isTrue();
    }
    System.out.printf("replay %.3f s, of which looking %.3f s%n", seconds(start), watch.seconds);
    return seconds(start);
  }

  /** A watch that tells how long looking took. */
  private static final class Timed implements CatalogWatch {
    private CatalogWatch watch;
    private double seconds;

    CatalogWatch over(CatalogWatch timed) {
      watch = timed;
      return this;
    }

    @Override
    public List<CatalogChange> changes() {
      long start = System.nanoTime();
      try {
        return watch.changes();
      } finally {
        seconds += ReplayBenchmark.seconds(start);
      }
    }

    @Override
    public boolean isProven() {
      return watch.isProven();
    }
  }

  private AlembicFiles generate() {
    var files = new AlembicFiles(directory);
    files.write(
        "migrations/env.py",
        """
        import os
        import sqlalchemy as sa
        from alembic import context

        engine = sa.create_engine(os.environ["DATABASE_URL"], poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            context.configure(connection=connection, target_metadata=None)
            with context.begin_transaction():
                context.run_migrations()
        """);
    String parent = "None";
    for (int i = 0; i < 2 * TABLES; i++) {
      String id = "r%04d".formatted(i);
      int table = i / 2;
      files.revision(id, parent, i % 2 == 0 ? create(table) : change(table));
      parent = "'" + id + "'";
    }
    return files;
  }

  private static String create(int table) {
    return """
        op.create_table(
            "t%1$d",
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("name", sa.String(100), nullable=False, unique=True),
            sa.Column("note", sa.Text),
            sa.Column("amount", sa.Numeric(10, 2), server_default="0"),
            sa.Column("made", sa.DateTime(timezone=True), server_default=sa.func.now()),
            sa.Column("old", sa.Integer),
            sa.Column("parent_id", sa.Integer, sa.ForeignKey("t%2$d.id")),
        )
        op.create_index("ix_t%1$d_made", "t%1$d", ["made"])
        """
        .formatted(table, Math.max(0, table - 7));
  }

  /** The mix of public projects: a third alters, some drop, some leave no trace. */
  private static String change(int table) {
    String operation =
        switch (table % 10) {
          case 0, 1, 2 -> "op.add_column('t%d', sa.Column('extra', sa.String(20)))";
          case 3, 4 -> "op.create_index('ix_t%1$d_note', 't%1$d', ['note'])";
          case 5 -> "op.alter_column('t%d', 'note', type_=sa.String(500))";
          case 6, 7 -> "op.drop_column('t%d', 'old')";
          case 8 -> "op.execute(\"UPDATE t%d SET note = 'x'\")";
          default -> "op.alter_column('t%d', 'amount', new_column_name='total')";
        };
    return operation.formatted(table);
  }

  private static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
