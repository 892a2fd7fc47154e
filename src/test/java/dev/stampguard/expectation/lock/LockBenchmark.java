package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How large a lock file is and how long it takes; prints figures, asserts nothing. Not part of the
 * suite: {@code mvn test -Dtest=LockBenchmark}. Tables have five columns, two constraints and an
 * index; a revision makes ten of them and alters one column of each of the ten before.
 */
class LockBenchmark {
  private static final int WARM_UP = 15;
  private static final int RUNS = 21;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {22, 1_000, 10_000})
  void measure(int tables) throws Exception {
    LockFile lock = lock(tables);
    Path file = directory.resolve(LockFile.NAME);
    long start = now();
    LockWriter.write(lock, file);
    double firstWrite = millis(start);
    start = now();
    LockFile parsed = LockReader.read(file).orElseThrow();
    double firstRead = millis(start);
    RevisionGraph graph = lock.graph();
    double read = median(() -> LockReader.read(file));
    double expectation = median(() -> LockExpectation.of(parsed, graph));
    double write = median(() -> LockWriter.bytes(lock));
    long lines;
    try (var all = Files.lines(file)) {
      lines = all.count();
    }
    System.out.printf(
        "%d tables: %d lines, %d bytes; read %.1f ms (first %.1f), expectation %.2f ms,"
            + " write %.1f ms (first %.1f)%n",
        tables, lines, Files.size(file), read, firstRead, expectation, write, firstWrite);
  }

  private static double median(Supplier<?> work) {
    var millis = new double[RUNS];
    for (int i = -WARM_UP; i < RUNS; i++) {
      long start = now();
      Objects.requireNonNull(work.get());
      if (i >= 0) {
        millis[i] = millis(start);
      }
    }
    Arrays.sort(millis);
    return millis[RUNS / 2];
  }

  /** This thread's processor time: other work on the machine does not count. */
  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double millis(long start) {
    return (now() - start) / 1e6;
  }

  private static LockFile lock(int tables) {
    var revisions = new ArrayList<Revision>();
    var expected = new LinkedHashMap<String, RevisionExpectation>();
    var scripts = new HashMap<String, ScriptDigest>();
    for (int first = 0; first < tables; first += 10) {
      String id = Sha256.shortHex(Sha256.of("revision " + first)).substring(0, 12);
      var effects = new ArrayList<Effect>();
      for (int i = first; i < Math.min(first + 10, tables); i++) {
        create(effects, new QualifiedName("public", "some_table_" + i));
      }
      for (int i = Math.max(0, first - 10); i < first; i++) {
        widen(effects, new QualifiedName("public", "some_table_" + i));
      }
      String file = "migrations/versions/20260101_%05d_%s_add_tables.py".formatted(first, id);
      List<String> parents = revisions.isEmpty() ? List.of() : List.of(revisions.getLast().id());
      revisions.add(
          new Revision(
              id,
              "add tables from " + first,
              file,
              9,
              parents,
              List.of(),
              List.of(),
              Optional.of("2026-01-01 10:00:00.%06d".formatted(first))));
      expected.put(id, new RevisionExpectation(id, effects, true, List.of()));
      scripts.put(id, ScriptDigest.of(id.getBytes(StandardCharsets.UTF_8)));
    }
    return LockFile.of(
        "alembic",
        18,
        "public",
        RevisionGraph.of(revisions, List.of()),
        new Expectation(Expectation.Source.REPLAY, expected, List.of(), Map.of()),
        scripts);
  }

  private static void create(List<Effect> effects, QualifiedName table) {
    made(effects, ObjectName.of(ObjectKind.TABLE, table), Optional.empty(), "table");
    inside(
        effects,
        ObjectKind.COLUMN,
        table,
        "id",
        "integer not null default nextval('%s_id_seq'::regclass)".formatted(table));
    inside(effects, ObjectKind.COLUMN, table, "email", "character varying(255) not null");
    inside(effects, ObjectKind.COLUMN, table, "owner_id", "integer");
    inside(effects, ObjectKind.COLUMN, table, "state", "text default 'new'::text not null");
    String now = "timestamp with time zone default now() not null";
    inside(effects, ObjectKind.COLUMN, table, "created_at", now);
    inside(effects, ObjectKind.CONSTRAINT, table, table.name() + "_pkey", "PRIMARY KEY (id)");
    String reference =
        "FOREIGN KEY (owner_id) REFERENCES public.some_table_0(id) ON DELETE CASCADE";
    inside(effects, ObjectKind.CONSTRAINT, table, table.name() + "_owner_id_fkey", reference);
    made(
        effects,
        ObjectName.of(ObjectKind.INDEX, "public", "ix_" + table.name() + "_email"),
        Optional.of(table),
        "CREATE INDEX ix_%s_email ON %s USING btree (email)".formatted(table.name(), table));
  }

  private static void inside(
      List<Effect> effects, ObjectKind kind, QualifiedName table, String name, String text) {
    made(effects, ObjectName.inside(kind, table, name), Optional.of(table), text);
  }

  private static void made(
      List<Effect> effects, ObjectName object, Optional<QualifiedName> relation, String text) {
    effects.add(
        new Effect(
            object, relation, Optional.empty(), Optional.of(new Definition.Canonical(text))));
  }

  private static void widen(List<Effect> effects, QualifiedName table) {
    effects.add(
        new Effect(
            ObjectName.inside(ObjectKind.COLUMN, table, "owner_id"),
            Optional.of(table),
            Optional.of(new Definition.Canonical("integer")),
            Optional.of(new Definition.Canonical("bigint"))));
  }
}
