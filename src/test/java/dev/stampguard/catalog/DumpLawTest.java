package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresClient.Format;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The law for a database that holds every part there is. Runs once, on all majors. */
class DumpLawTest {
  /** Every setting with its first unusual value. */
  private static final Map<String, String> UNUSUAL =
      DumpLaw.SETTINGS.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, e -> e.getValue().getFirst(), (a, b) -> a, TreeMap::new));

  @ParameterizedTest
  @CsvSource({"14, 14", "15, 15", "18, 18", "14, 15", "14, 18", "15, 18"})
  void aRestoredDumpIsTheSame(int from, int to) {
    PostgresClient.forServer(Math.max(from, to));
    try (var law = new DumpLaw()) {
      DumpLaw.Database original = law.build(from, SchemaPart.known(from), Map.of());
      CatalogSnapshot snapshot = DumpLaw.snapshot(original);
      DumpLaw.Database restored = law.restore(original, to, Format.PLAIN, UNUSUAL);
      CatalogSnapshot once = DumpLaw.snapshot(restored);
      DumpLaw.assertSame(snapshot, once, from == to);
      if (from == to) {
        DumpLaw.Database again = law.restore(restored, to, Format.CUSTOM, Map.of());
        DumpLaw.assertSame(once, DumpLaw.snapshot(again), true);
      }
    }
  }

  @Test
  void thePartsHoldEveryKind() {
    try (var law = new DumpLaw()) {
      CatalogSnapshot snapshot = DumpLaw.snapshot(law.build(18, SchemaPart.known(18), Map.of()));
      assertThat(snapshot.objects().keySet().stream().map(ObjectName::kind).distinct())
          .containsExactlyInAnyOrderElementsOf(List.of(ObjectKind.values()));
    }
  }

  /** Letters in the range where Latin 1 and UTF-8 differ, wherever text can stand. */
  private static final String LATIN =
      """
      CREATE SCHEMA "Größe";
      CREATE TYPE "Größe"."Größenart" AS ENUM ('groß', 'klein', 'mäßig', '½');
      CREATE DOMAIN "Größe"."Länge" AS varchar(9) CHECK (VALUE IN ('groß', 'größer'));
      CREATE TABLE "Größe"."Möbel" (
        "Schlüssel" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        art "Größe"."Größenart" DEFAULT 'mäßig',
        name varchar(20) NOT NULL DEFAULT 'Stühle' CHECK (name <> 'É'),
        farbe text CHECK (farbe IN ('grün', 'weiß')),
        klein text GENERATED ALWAYS AS (replace(farbe, 'ß', 'ss')) STORED,
        "Länge" "Größe"."Länge",
        CONSTRAINT "nur ein Stück für jeden" UNIQUE (name, "Länge"));
      CREATE INDEX "übrige" ON "Größe"."Möbel" (farbe) WHERE farbe <> 'weiß';
      CREATE VIEW "Größe"."Ansicht Ü" AS SELECT "Schlüssel" AS "Nº", 'ÿ' AS ende FROM "Größe"."Möbel";
      CREATE FUNCTION "Größe".maß(was text DEFAULT 'Öl') RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT was || 'ß' $$;
      CREATE FUNCTION "Größe"."tut nichts ¿"() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RETURN NEW; /* ç */ END $$;
      CREATE TRIGGER "Auslöser" BEFORE INSERT ON "Größe"."Möbel"
        FOR EACH ROW WHEN (NEW.name <> 'ö') EXECUTE FUNCTION "Größe"."tut nichts ¿"();
      ALTER TABLE "Größe"."Möbel" ENABLE ROW LEVEL SECURITY;
      CREATE POLICY "für alle" ON "Größe"."Möbel" USING (farbe <> 'grün');
      """;

  /** A database in Latin 1, restored into one in Latin 1 and into one that can hold more. */
  @ParameterizedTest
  @CsvSource({"14, 14, LATIN1", "14, 18, UTF8", "15, 15, LATIN1", "18, 18, LATIN1", "18, 18, UTF8"})
  void anotherEncodingChangesNothing(int from, int to, String encoding) {
    PostgresClient.forServer(Math.max(from, to));
    try (var law = new DumpLaw()) {
      DumpLaw.Database original = law.create(from, "LATIN1");
      DumpLaw.run(original, LATIN);
      CatalogSnapshot snapshot = DumpLaw.snapshot(original);
      assertThat(snapshot.objects().keySet())
          .contains(ObjectName.of(ObjectKind.COLUMN, "Größe", "Möbel", "Länge"));
      DumpLaw.Database restored =
          DumpLaw.restore(original, law.create(to, encoding), Format.CUSTOM);
      DumpLaw.assertSame(snapshot, DumpLaw.snapshot(restored), from == to);
      DumpLaw.Database again = law.create(to, DumpLaw.UTF8);
      DumpLaw.run(again, LATIN);
      DumpLaw.assertSame(snapshot, DumpLaw.snapshot(again), from == to);
    }
  }

  /**
   * An index that a failed concurrent build left is not in a dump, but for one of a partitioned
   * table: that is invalid as long as partitions lack it, and a dump makes it the same way.
   */
  @ParameterizedTest
  @CsvSource({"14, 14", "15, 15", "18, 18", "14, 18"})
  void aDumpLeavesOutWhatAFailedBuildLeft(int from, int to) {
    PostgresClient.forServer(Math.max(from, to));
    try (var law = new DumpLaw()) {
      DumpLaw.Database original = law.create(from, DumpLaw.UTF8);
      DumpLaw.run(
          original,
          """
          CREATE TABLE t (x integer, y text);
          INSERT INTO t VALUES (1, 'a'), (1, 'b');
          CREATE INDEX ix_valid ON t (x);
          CREATE TABLE p (x integer, y text) PARTITION BY LIST (x);
          CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
          CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
          CREATE INDEX ix_p ON ONLY p (y);
          CREATE INDEX ix_p1 ON p1 (y);
          ALTER INDEX ix_p ATTACH PARTITION ix_p1;
          """);
      assertThatThrownBy(
              () -> DumpLaw.run(original, "CREATE UNIQUE INDEX CONCURRENTLY ix_failed ON t (x)"))
          .hasMessageContaining("could not create unique index");
      CatalogSnapshot snapshot = DumpLaw.snapshot(original);
      ObjectName failed = ObjectName.of(ObjectKind.INDEX, "public", "ix_failed");
      assertThat(snapshot.invalidIndexes()).containsExactly(failed);
      CatalogSnapshot restored =
          DumpLaw.snapshot(law.restore(original, to, Format.PLAIN, Map.of()));
      assertThat(restored.contains(failed)).isFalse();
      assertThat(restored.invalidIndexes()).isEmpty();
      DumpLaw.assertSame(snapshot.dumped(), restored, from == to);
    }
  }
}
