package dev.stampguard.service.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.repair.journal.Journal;
import dev.stampguard.repair.journal.JournalEntry;
import dev.stampguard.repair.journal.JournalEntry.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Standing STANDING = new Standing("a".repeat(64), List.of("r\"1", "ü"));
  private static final JournalEntry.Begun BEGUN =
      new JournalEntry.Begun(TIME, "p1", "restamp", "d b", "localhost:5432", STANDING, 2, "1.0");
  private static final List<JournalEntry> ENTRIES =
      List.of(
          BEGUN,
          new JournalEntry.BackedUp(TIME, "backup-1"),
          new JournalEntry.Committing(TIME, 1, Optional.of("4711"), Optional.of(STANDING)),
          new JournalEntry.Committed(TIME, 1),
          new JournalEntry.Committing(TIME, 2, Optional.empty(), Optional.empty()),
          new JournalEntry.Done(TIME, STANDING));

  @TempDir private Path project;

  private void write(JournalStore store, List<JournalEntry> entries) {
    try (var writer = store.begin((JournalEntry.Begun) entries.getFirst())) {
      entries.stream().skip(1).forEach(writer::write);
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(project.resolve(".stampguard/journal"))) {
      return files.toList().getFirst();
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    var store = new JournalStore(project);
    write(store, ENTRIES);
    assertThat(store.all()).singleElement().extracting(Journal::entries).isEqualTo(ENTRIES);
    assertThat(store.open("d b", "localhost:5432")).isEmpty();
    assertThat(store.ofBackup("backup-1")).isPresent();
    assertThat(store.ofBackup("backup-2")).isEmpty();
  }

  @Test
  void aLineThatAKilledRunLeftHalfWrittenIsNoEntry() throws IOException {
    var store = new JournalStore(project);
    write(store, ENTRIES.subList(0, 4));
    String whole = Files.readString(file());
    int lastLine = whole.lastIndexOf("\n", whole.length() - 2) + 1;
    for (int end = lastLine; end < whole.length() - 1; end++) {
      Files.writeString(file(), whole.substring(0, end));
      assertThat(store.all().getFirst().entries()).isEqualTo(ENTRIES.subList(0, 3));
    }
  }

  @Test
  void anOpenJournalIsFoundAndClosed() {
    var store = new JournalStore(project);
    write(store, ENTRIES.subList(0, 3));
    assertThat(store.open("other", "localhost:5432")).isEmpty();
    Journal open = store.open("d b", "localhost:5432").orElseThrow();
    store.close(open, new JournalEntry.Ended(TIME, "found as before"));
    assertThat(store.open("d b", "localhost:5432")).isEmpty();
  }

  @Test
  void aHalfWrittenLineDoesNotSpoilTheEnd() throws IOException {
    var store = new JournalStore(project);
    write(store, ENTRIES.subList(0, 3));
    String whole = Files.readString(file());
    Files.writeString(file(), whole.substring(0, whole.length() - 5));
    Journal open = store.open("d b", "localhost:5432").orElseThrow();
    store.close(open, new JournalEntry.Ended(TIME, "found as before"));
    assertThat(store.open("d b", "localhost:5432")).isEmpty();
  }

  @Test
  void aSwitchIsFoundFromTheDatabaseItLeadsTo() {
    var store = new JournalStore(project);
    write(store, List.of(BEGUN, new JournalEntry.Switching(TIME, "next")));
    assertThat(store.open("next", "localhost:5432")).isEqualTo(store.open("d b", "localhost:5432"));
    assertThat(store.open("next", "localhost:5432")).isPresent();
    assertThat(store.open("third", "localhost:5432")).isEmpty();
  }

  @Test
  void nobodyElseLooksIntoIt() throws IOException {
    write(new JournalStore(project), ENTRIES);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(project.resolve(".stampguard/journal"))))
        .isEqualTo("rwx------");
    assertThat(project.resolve(".stampguard/.gitignore")).hasContent("*");
  }
}
