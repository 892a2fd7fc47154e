package dev.stampguard.diagnosis;

import static dev.stampguard.testing.World.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One loss that takes other objects along is one finding. */
class BondsTest {
  private static final String INDEX = "+t#i:CREATE_INDEX_i_ON_public.t_USING_btree_(c)";

  /** A column, and later an index on it beside something else. */
  private static World indexed(String beside) {
    return new World()
        .revision("r1", "", "+t:table +t.c:integer +t.d:text")
        .revision("r2", "r1", "+u:table")
        .revision("r3", "r2", INDEX + beside)
        .ledger("r3");
  }

  private static Finding only(Diagnosis diagnosis) {
    assertThat(diagnosis.findings()).hasSize(1);
    return diagnosis.findings().getFirst();
  }

  @Test
  void anIndexGoesWithItsColumn() {
    var diagnosis = indexed(" +v:table").catalog("t:table t.d:text u:table v:table").diagnose();
    Finding finding = only(diagnosis);
    assertThat(finding.code()).isEqualTo(FindingCode.SG104);
    assertThat(finding.revisions()).containsExactly("r1", "r3");
    assertThat(finding.objects()).containsExactly(name("t.c"), name("t#i"));
    assertThat(diagnosis.revisions().get(0).missing()).containsExactly(name("t.c"));
    assertThat(diagnosis.revisions().get(2).missing()).containsExactly(name("t#i"));
  }

  @Test
  void aRevisionThatLeftNothingElseIsNoHole() {
    Finding finding = only(indexed("").catalog("t:table t.d:text u:table").diagnose());
    assertThat(finding.code()).isEqualTo(FindingCode.SG104);
    assertThat(finding.revisions()).containsExactly("r1", "r3");
  }

  @Test
  void whatElseIsMissingIsAFindingOfItsOwn() {
    var diagnosis =
        indexed(" +v:table +v.c:integer").catalog("t:table t.d:text u:table v:table").diagnose();
    assertThat(diagnosis.findings())
        .extracting(Finding::revisions)
        .containsExactly(List.of("r1"), List.of("r3"));
  }

  @Test
  void anIndexOnAnotherColumnIsAFindingOfItsOwn() {
    var diagnosis = indexed(" +v:table").catalog("t:table t.c:integer u:table v:table").diagnose();
    assertThat(diagnosis.findings())
        .extracting(Finding::revisions)
        .containsExactly(List.of("r1"), List.of("r3"));
  }

  @Test
  void thatAnIndexWasThereShowsThatItsColumnWas() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table")
            .revision("r2", "r1", "+t.c:integer")
            .revision("r3", "r2", "+u:table")
            .revision("r4", "r3", INDEX + " +v:table")
            .catalog("t:table u:table v:table")
            .ledger("r4")
            .diagnose();
    Finding finding = only(diagnosis);
    assertThat(finding.code()).isEqualTo(FindingCode.SG104);
    assertThat(finding.revisions()).containsExactly("r2", "r4");
  }

  @Test
  void aForeignKeyGoesWithTheTableItRefersTo() {
    var diagnosis =
        new World()
            .revision("r1", "", "+users:table +users.id:integer +users.c:text")
            .revision("r2", "r1", "+t:table +t.user_id:integer")
            .revision("r3", "r2", "+v:table")
            .revision("r4", "r3", "+t$fk:FOREIGN_KEY_(user_id)_REFERENCES_public.users(id)")
            .catalog("t:table t.user_id:integer v:table")
            .ledger("r4")
            .diagnose();
    Finding finding = only(diagnosis);
    assertThat(finding.code()).isEqualTo(FindingCode.SG103);
    assertThat(finding.revisions()).containsExactly("r1", "r4");
    assertThat(finding.objects()).containsExactly(name("users"), name("t$fk"));
  }

  @Test
  void aPendingRevisionDidNotDropWhatWentWithItsColumn() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table +t.id:integer +t$k:PRIMARY_KEY_(id)")
            .revision("r2", "r1", "-t$k")
            .catalog("t:table")
            .ledger("r1")
            .diagnose();
    assertThat(only(diagnosis).code()).isEqualTo(FindingCode.SG104);
    assertThat(diagnosis.revisions().get(1).state()).isEqualTo(RevisionState.PENDING);
  }
}
