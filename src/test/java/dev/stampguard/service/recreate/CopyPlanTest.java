package dev.stampguard.service.recreate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.service.recreate.CopyTable.Column;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is copied and what stands in the way, without a database. */
class CopyPlanTest {
  private static final Column ID = new Column("id", "integer", true, true, false);
  private static final Column NAME = new Column("name", "text", false, false, false);

  private static QualifiedName name(String table) {
    return new QualifiedName("public", table);
  }

  private static CopyTable table(String name, Column... columns) {
    return new CopyTable(name(name), false, List.of(columns));
  }

  private static CopyPlan.Side side(long rows, CopyTable... tables) {
    return new CopyPlan.Side(
        Arrays.stream(tables).collect(Collectors.toMap(CopyTable::name, Function.identity())),
        Arrays.stream(tables).collect(Collectors.toMap(CopyTable::name, table -> rows)));
  }

  private static CopyPlan plan(CopyTable from, CopyTable to) {
    return CopyPlan.of(side(3, from), side(0, to));
  }

  @Test
  void columnsOfBothAreCopiedInTheOldOrder() {
    CopyPlan plan = plan(table("t", NAME, ID), table("t", ID, NAME));
    assertThat(plan.copies()).hasSize(1);
    assertThat(plan.copies().getFirst().columns()).containsExactly("name", "id");
    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.remarks()).isEmpty();
  }

  @Test
  void aTableWithoutRowsKeepsWhatTheScriptsPutThere() {
    CopyPlan plan = CopyPlan.of(side(0, table("t", ID)), side(5, table("t", ID)));
    assertThat(plan.copies()).isEmpty();
    assertThat(plan.remarks()).isEmpty();
  }

  @Test
  void rowsOfTheScriptsGiveWay() {
    CopyPlan plan = CopyPlan.of(side(1, table("t", ID)), side(5, table("t", ID)));
    assertThat(plan.remarks())
        .containsExactly("5 rows that the scripts put into `public.t` gave way to the old ones");
  }

  @Test
  void whatOnlyTheOldOneHasStaysThere() {
    CopyPlan plan =
        CopyPlan.of(
            side(2, table("a", ID, NAME), table("b", ID), table("c", ID)), side(0, table("a", ID)));
    assertThat(plan.targets()).containsExactly(name("a"));
    assertThat(plan.remarks())
        .containsExactly(
            "values of `column public.a.name` stay in the old database: the scripts make no such column",
            "`public.b`, `public.c` stay in the old database: no script makes those tables");
  }

  @Test
  void computedColumnsAreComputedAnew() {
    var computed = new Column("name", "text", true, true, true);
    CopyPlan plan = plan(table("t", ID, NAME), table("t", ID, computed));
    assertThat(plan.copies().getFirst().columns()).containsExactly("id");
    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.remarks()).isEmpty();
  }

  @Test
  void newColumnsNeedNothingOrADefault() {
    var optional = new Column("a", "text", false, false, false);
    var filled = new Column("b", "text", true, true, false);
    var required = new Column("c", "text", true, false, false);
    assertThat(plan(table("t", ID), table("t", ID, optional, filled)).obstacles()).isEmpty();
    assertThat(plan(table("t", ID), table("t", ID, required)).obstacles())
        .containsExactly(
            "`column public.t.c` must have a value and has no default, and the old table's 3 rows have none");
    assertThat(CopyPlan.of(side(0, table("t", ID)), side(0, table("t", ID, required))).obstacles())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "integer, integer, true",
    "smallint, bigint, true",
    "bigint, integer, false",
    "bigint, numeric, true",
    "bigint, 'numeric(10,2)', false",
    "'numeric(10,2)', 'numeric(10,0)', false",
    "character varying(10), character varying(20), true",
    "character varying(20), character varying(10), false",
    "character varying(20), text, true",
    "character varying, text, true",
    "text, character varying, true",
    "text, character varying(20), false",
    "character(3), text, false",
    "timestamp with time zone, timestamp without time zone, false",
    "timestamp without time zone, date, false",
    "real, double precision, false",
    "boolean, text, false",
    "public.status, text, false",
    "json, jsonb, false"
  })
  void onlyTypesThatKeepEveryValueAreTaken(String from, String to, boolean isTaken) {
    assertThat(Widening.isLossless(from, to)).isEqualTo(isTaken);
    CopyPlan plan =
        plan(
            table("t", new Column("c", from, false, false, false)),
            table("t", new Column("c", to, false, false, false)));
    assertThat(plan.obstacles().isEmpty()).isEqualTo(isTaken);
  }

  @Test
  void theFurtherSequenceWins() {
    assertThat(sequence("s", 5L, false).furthest(sequence("s", 7L, false))).contains(7L);
    assertThat(sequence("s", -5L, true).furthest(sequence("s", -7L, true))).contains(-7L);
    assertThat(sequence("s", null, false).furthest(sequence("s", 7L, false))).contains(7L);
    assertThat(sequence("s", 7L, false).furthest(sequence("s", null, false))).contains(7L);
    assertThat(sequence("s", null, false).furthest(sequence("s", null, false))).isEmpty();
  }

  @Test
  void aSequenceIsKnownByTheColumnItFills() {
    var filled = Optional.of(new SequenceState.Filled(name("t"), "id", true));
    var renamed = new SequenceState(name("t_id_seq1"), Optional.empty(), false, filled);
    assertThat(renamed.isSame(new SequenceState(name("other"), Optional.empty(), false, filled)))
        .isTrue();
    assertThat(renamed.isSame(sequence("t_id_seq1", null, false))).isTrue();
    assertThat(sequence("a", null, false).isSame(sequence("b", null, false))).isFalse();
  }

  private static SequenceState sequence(String name, Long last, boolean descending) {
    return new SequenceState(name(name), Optional.ofNullable(last), descending, Optional.empty());
  }

  @Test
  void theKeptNameFitsIntoPostgresqlsLimit() {
    Instant now = Instant.parse("2025-10-23T14:05:01Z");
    assertThat(KeptName.of("devmatrix", "before", now))
        .isEqualTo("devmatrix_before_20251023_140501");
    assertThat(KeptName.of("x".repeat(63), "before", now)).hasSize(63).endsWith("_140501");
    assertThat(
            KeptName.of("\ud83d\ude00".repeat(15), "before", now).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(63);
  }
}
