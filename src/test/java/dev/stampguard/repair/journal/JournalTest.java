package dev.stampguard.repair.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.repair.journal.Journal.Found;
import dev.stampguard.repair.journal.Journal.Outcome;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final Standing BEFORE = new Standing("a".repeat(64), List.of("r1"));
  private static final Standing MIDDLE = new Standing("b".repeat(64), List.of("r2"));
  private static final Standing AFTER = new Standing("c".repeat(64), List.of("r3"));
  private static final Standing OTHER = new Standing("d".repeat(64), List.of("r3"));

  private static Journal journal(JournalEntry... more) {
    var entries = new ArrayList<JournalEntry>();
    entries.add(
        new JournalEntry.Begun(TIME, "p", "restamp", "db", "localhost:5432", BEFORE, 2, "1"));
    entries.addAll(List.of(more));
    return new Journal("id", entries);
  }

  private static JournalEntry committing(int segment, Standing after) {
    return new JournalEntry.Committing(
        TIME, segment, Optional.of("" + segment), Optional.of(after));
  }

  private static JournalEntry committed(int segment) {
    return new JournalEntry.Committed(TIME, segment);
  }

  private static Found find(Journal journal, Map<String, Boolean> known, Standing now) {
    return journal.find("db", id -> Optional.ofNullable(known.get(id)), now);
  }

  @Test
  void nothingWasChangedBeforeTheFirstCommit() {
    assertThat(find(journal(), Map.of(), BEFORE)).isEqualTo(new Found(Outcome.BEFORE, 0));
    assertThat(find(journal(committing(1, MIDDLE)), Map.of("1", false), BEFORE).outcome())
        .isEqualTo(Outcome.BEFORE);
  }

  @Test
  void theServerKnowsWhatBecameOfACommit() {
    Journal journal = journal(committing(1, MIDDLE), committed(1), committing(2, AFTER));
    assertThat(find(journal, Map.of("1", true, "2", true), OTHER))
        .isEqualTo(new Found(Outcome.AFTER, 2));
    assertThat(find(journal, Map.of("1", true, "2", false), OTHER))
        .isEqualTo(new Found(Outcome.BETWEEN, 1));
  }

  @Test
  void whereTheServerForgotTheDatabaseTells() {
    Journal journal = journal(committing(1, MIDDLE));
    assertThat(find(journal, Map.of(), MIDDLE)).isEqualTo(new Found(Outcome.BETWEEN, 1));
    assertThat(find(journal, Map.of(), BEFORE)).isEqualTo(new Found(Outcome.BEFORE, 0));
    assertThat(find(journal, Map.of(), OTHER)).isEqualTo(new Found(Outcome.CHANGED_SINCE, 0));
  }

  @Test
  void whatWasWrittenDownAsCommittedIs() {
    Journal journal =
        journal(committing(1, MIDDLE), committed(1), committing(2, AFTER), committed(2));
    assertThat(find(journal, Map.of(), OTHER)).isEqualTo(new Found(Outcome.AFTER, 2));
    assertThat(journal.isOpen()).isTrue();
    assertThat(journal(new JournalEntry.Ended(TIME, "it failed")).isOpen()).isFalse();
  }
}
