package dev.stampguard.diagnosis;

import static dev.stampguard.testing.World.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lies inside a renamed table is owed by those who wrote it, not by who renamed. */
class EarlierNamesTest {
  /** Columns and an index of three revisions, renamed, and renamed again. */
  private static World renamed() {
    return new World()
        .revision("r1", "", "+t +t.a:integer +t.b:integer +t#it:(a)_ON_public.t")
        .revision("r2", "r1", "+t.c:integer =t.b:bigint")
        .revision("r3", "r2", "-t +u +u.a:integer +u.b:bigint +u.c:integer =u#it:(a)_ON_public.u")
        .revision("r4", "r3", "+u.d:text")
        .revision(
            "r5",
            "r4",
            "-u +v +v.a:integer +v.b:bigint +v.c:integer +v.d:text =v#it:(a)_ON_public.v")
        .ledger("r5");
  }

  private static List<String> states(Diagnosis diagnosis) {
    return diagnosis.revisions().stream().map(r -> r.state().label()).toList();
  }

  @Test
  void everyRevisionIsSeenInWhatItLeft() {
    var diagnosis =
        renamed().catalog("v v.a:integer v.b:bigint v.c:integer v.d:text v#it:(a)_ON_public.v");
    assertThat(states(diagnosis.diagnose()))
        .containsExactly("applied", "applied", "applied", "applied", "applied");
    assertThat(diagnosis.diagnose().findings()).isEmpty();
  }

  @Test
  void whatIsMissingIsOwedByWhoMadeIt() {
    var diagnosis = renamed().catalog("v v.a:integer v.b:bigint v.d:text").diagnose();
    assertThat(states(diagnosis))
        .containsExactly("partial", "partial", "applied", "applied", "applied");
    assertThat(diagnosis.revisions().get(0).missing()).containsExactly(name("v#it"));
    assertThat(diagnosis.revisions().get(1).missing()).containsExactly(name("v.c"));
  }

  @Test
  void whatIsAsBeforeShowsWhoNeverRan() {
    var diagnosis =
        renamed().catalog("v v.a:integer v.b:integer v.d:text v#it:(a)_ON_public.v").diagnose();
    assertThat(states(diagnosis))
        .containsExactly("applied", "hollow", "applied", "applied", "applied");
    assertThat(diagnosis.revisions().get(1).missing()).containsExactly(name("v.c"));
    assertThat(diagnosis.revisions().get(1).different()).containsExactly(name("v.b"));
  }

  @Test
  void whatNobodyMadeIsOwedByWhoWroteItLast() {
    var diagnosis =
        renamed()
            .catalog("v v.a:text v.b:bigint v.c:integer v.d:text v#it:(b)_ON_public.v")
            .diagnose();
    assertThat(states(diagnosis))
        .containsExactly("altered", "applied", "applied", "applied", "applied");
    assertThat(diagnosis.revisions().get(0).different()).containsExactly(name("v.a"), name("v#it"));
  }

  @Test
  void aRenameThatNeverRanIsOwedByItself() {
    var diagnosis =
        renamed()
            .catalog("u u.a:integer u.b:bigint u.c:integer u.d:text u#it:(a)_ON_public.u")
            .diagnose();
    assertThat(states(diagnosis))
        .containsExactly("applied", "applied", "applied", "applied", "hollow");
    assertThat(diagnosis.revisions().get(4).missing()).containsExactly(name("v"));
  }

  @Test
  void aNewTableWithTheSameColumnsIsNoRename() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t +t.a:integer +t!t_pkey:key")
            .revision("r2", "r1", "-t -t!t_pkey +u +u.a:integer +u!u_pkey:key")
            .catalog("u u!u_pkey:key")
            .ledger("r2")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("assumed", "partial");
    assertThat(diagnosis.revisions().get(1).missing()).containsExactly(name("u.a"));
  }
}
