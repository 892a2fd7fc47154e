package dev.stampguard.diagnosis;

import static dev.stampguard.testing.World.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.Definition;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.expectation.lock.ScriptEdit.Meaning;
import dev.stampguard.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingRulesTest {
  private static final String PARTIAL_INDEX =
      "CREATE_INDEX_i_ON_public.t_USING_btree_(c)_WHERE_(c_>_0)";

  private static List<FindingCode> codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::code).toList();
  }

  /** Tables, and in three of four revisions something that only migrations create. */
  private static World models() {
    return new World()
        .revision("r1", "", "+t:table +t.c:integer +f():body")
        .revision("r2", "r1", "+u:table +t!g:trigger")
        .revision("r3", "r2", "+t.d:text")
        .revision("r4", "r3", "+t#i:" + PARTIAL_INDEX)
        .ledger("r4");
  }

  @Test
  void aSchemaFromModelsLacksWhatOnlyMigrationsCreate() {
    var diagnosis = models().catalog("t:table t.c:integer t.d:text u:table").diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG106);
    Finding finding = diagnosis.findings().getFirst();
    assertThat(finding.revisions()).containsExactly("r1", "r2", "r4");
    assertThat(finding.objects()).containsExactly(name("t#i"), name("f()"), name("t!g"));
    assertThat(finding.hint()).startsWith("`stampguard repair`");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.INCONSISTENT);
  }

  @Test
  void oneSuchObjectIsPartial() {
    var diagnosis =
        models()
            .catalog("t:table t.c:integer t.d:text u:table f():body t#i:" + PARTIAL_INDEX)
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG104);
  }

  @Test
  void aMissingColumnAmongThemIsNotFromModels() {
    var diagnosis = models().catalog("t:table t.d:text u:table").diagnose();
    assertThat(codes(diagnosis)).doesNotContain(FindingCode.SG106);
  }

  @Test
  void aSuffixOfSuchObjectsIsASuffix() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table")
            .revision("r2", "r1", "+f():body")
            .revision("r3", "r2", "+t!g:trigger")
            .catalog("t:table")
            .ledger("r3")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG102);
  }

  @Test
  void aHoleOfSuchObjectsIsAHole() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table")
            .revision("r2", "r1", "+f():body")
            .revision("r3", "r2", "+t!g:trigger")
            .revision("r4", "r3", "+u:table")
            .catalog("t:table u:table")
            .ledger("r4")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG103);
  }

  @Test
  void whatALaterRevisionLeftBesideWhatWentWithTheHoleMakesItAHole() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table")
            .revision("r2", "r1", "+u:table +u.c:integer")
            .revision("r3", "r2", "+u#i:index +v:table")
            .catalog("t:table v:table")
            .ledger("r3")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG103);
    Finding finding = diagnosis.findings().getFirst();
    assertThat(finding.revisions()).containsExactly("r2");
    assertThat(finding.objects()).containsExactly(name("u"));
    assertThat(finding.detail()).contains("r3");
  }

  @Test
  void whatWasNeverDroppedOrAlteredIsNotCountedAmongWhatIsMissing() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table +u:table +t.c:integer")
            .revision("r2", "r1", "+v:table +v.c:integer +t#i:index")
            .revision("r3", "r2", "-u =t.c:bigint")
            .revision("r4", "r3", "-v")
            .catalog("t:table t.c:integer u:table")
            .ledger("r4")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG102);
    Finding finding = diagnosis.findings().getFirst();
    // What the headline counts is what the revisions miss: `v` is not to be there any more.
    assertThat(diagnosis.revisions().stream().flatMap(r -> r.missing().stream()))
        .containsExactly(name("t#i"));
    assertThat(finding.detail())
        .contains(
            "left nothing in the database: 1 object missing (`index public.i`), 2 objects still as"
                + " before (`table public.u`, `column public.t.c`).");
    assertThat(finding.objects()).containsExactly(name("u"), name("t.c"), name("t#i"));
  }

  @Test
  void aRevisionThatNeverRanBeforeARenameIsOneFinding() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table +t.a:integer")
            .revision("r2", "r1", "+t.c:text =t.a:bigint +v:table")
            .revision("r3", "r2", "-t +u:table +u.a:bigint +u.c:text")
            .catalog("u:table u.a:integer")
            .ledger("r3")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG103);
    Finding finding = diagnosis.findings().getFirst();
    assertThat(finding.revisions()).containsExactly("r2");
    assertThat(finding.objects()).containsExactly(name("v"), name("u.a"), name("u.c"));
  }

  @Test
  void whatWasTakenAwayAgainIsNotSaidToBeThere() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table")
            .revision("r2", "r1", "-t +u:table")
            .catalog("u:table")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG119);
    assertThat(diagnosis.findings().getFirst().objects()).containsExactly(name("u"));
    assertThat(diagnosis.revisions().getFirst().present()).isEmpty();
  }

  @Test
  void whatModelsCreateAsWellIsNotOnlyMigrations() {
    assertThat(MigrationOnly.is(name("t#i"), definition("CREATE INDEX i ON t USING btree (a, b)")))
        .isFalse();
    assertThat(
            MigrationOnly.is(
                name("t#i"), definition("CREATE INDEX i ON t USING gin (\"a(b\") WITH (x='1')")))
        .isFalse();
    assertThat(
            MigrationOnly.is(name("t#i"), definition("CREATE INDEX i ON t USING gin (lower(a))")))
        .isTrue();
    assertThat(
            MigrationOnly.is(
                name("t#i"), definition("CREATE INDEX i ON t USING gin (a) WHERE (b)")))
        .isTrue();
    assertThat(MigrationOnly.is(name("t"), definition("table"))).isFalse();
  }

  private static Definition definition(String text) {
    return new Definition.Canonical(text);
  }

  private static World edited(Meaning meaning, List<String> revisions) {
    var world =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "+b")
            .revision("r3", "r2", "+c")
            .revision("r4", "r3", "+d")
            .catalog("a b c")
            .ledger("r3");
    revisions.forEach(
        id ->
            world.edited(
                new ScriptEdit(
                    id, meaning, meaning == Meaning.REAL ? List.of(name("b")) : List.of())));
    return world;
  }

  @Test
  void anEditedScriptIsAWarningThatSaysWhatTheEditComesTo() {
    for (Meaning meaning : Meaning.values()) {
      var diagnosis = edited(meaning, List.of("r2")).diagnose();
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(codes(diagnosis)).containsExactly(FindingCode.SG114);
      Finding finding = diagnosis.findings().getFirst();
      assertThat(finding.severity()).isEqualTo(Severity.WARNING);
      assertThat(finding.revisions()).containsExactly("r2");
      switch (meaning) {
        case COSMETIC -> assertThat(finding.hint()).contains("`stampguard snapshot`");
        case REAL -> assertThat(finding.objects()).containsExactly(name("b"));
        case UNKNOWN -> assertThat(finding.hint()).contains("--scratch auto");
      }
    }
  }

  @Test
  void neighboursEditedAlikeAreOneFinding() {
    var diagnosis = edited(Meaning.COSMETIC, List.of("r1", "r2")).diagnose();
    assertThat(diagnosis.findings()).hasSize(1);
    assertThat(diagnosis.findings().getFirst().revisions()).containsExactly("r1", "r2");
    assertThat(edited(Meaning.COSMETIC, List.of("r1", "r3")).diagnose().findings()).hasSize(2);
  }

  @Test
  void aPendingScriptMayBeEdited() {
    assertThat(edited(Meaning.REAL, List.of("r4")).diagnose().findings()).isEmpty();
  }

  @Test
  void aLedgerTooNarrowForAPendingIdStopsTheNextUpgrade() {
    String id = "a_revision_with_a_rather_long_name";
    var world = new World().revision("r1", "", "+t").revision(id, "r1", "+u");
    var used = world.catalog("t").ledger("r1").ledgerWidth(32).diagnose();
    assertThat(codes(used)).containsExactly(FindingCode.SG119);
    assertThat(used.findings().getFirst().severity()).isEqualTo(Severity.ERROR);
    assertThat(used.findings().getFirst().revisions()).containsExactly(id);
    assertThat(used.findings().getFirst().detail()).contains("32 characters");
    assertThat(used.findings().getFirst().hint()).contains("34 characters");
    assertThat(used.verdict()).as("what is recorded is there").isEqualTo(Verdict.BEHIND);
    assertThat(world.ledgerWidth(34).diagnose().findings()).isEmpty();
  }

  @Test
  void aNarrowLedgerOverNothingIsAWarning() {
    var diagnosis = new World().revision("longer_than_eight", "", "+t").ledgerWidth(8).diagnose();
    assertThat(diagnosis.findings().getFirst().severity()).isEqualTo(Severity.WARNING);
  }
}
