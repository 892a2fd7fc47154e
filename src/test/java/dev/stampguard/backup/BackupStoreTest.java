package dev.stampguard.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupStoreTest {
  private static final Instant TIME = Instant.parse("2025-11-27T03:55:12Z");

  @TempDir private Path project;
  private BackupStore store;

  @BeforeEach
  void open() {
    store = new BackupStore(BackupStore.defaultDirectory(project));
  }

  @Test
  void aStoreThatIsNotThereIsEmpty() {
    assertThat(store.list()).isEqualTo(new BackupStore.Listing(List.of(), List.of()));
    assertThat(project.resolve(".stampguard")).doesNotExist();
  }

  @Test
  void aBackupIsNamedByTimeAndDatabase() {
    assertThat(make(TIME, "shop").id()).isEqualTo("20251127T035512Z-shop");
    assertThat(make(TIME, "shop").id()).isEqualTo("20251127T035512Z-shop-2");
    assertThat(make(TIME, "../a b").id()).isEqualTo("20251127T035512Z-.._a_b");
    assertThat(store.list().backups()).hasSize(3);
  }

  @Test
  void whatIsNotCompletedIsGone() {
    try (BackupDraft draft = store.begin(TIME, "shop")) {
      draft.write("database.dump", new byte[100]);
      assertThat(store.list().backups()).isEmpty();
    }
    assertThat(store.directory()).isEmptyDirectory();
  }

  @Test
  void onlyDraftsWithoutAnOwnerAreSwept() throws IOException {
    try (BackupDraft alive = store.begin(TIME, "shop")) {
      Path dead = Files.createDirectory(store.directory().resolve(".partial-dead"));
      Files.writeString(dead.resolve(".lock"), "");
      Files.writeString(dead.resolve("database.dump"), "half");
      Path young = Files.createDirectory(store.directory().resolve(".partial-young"));
      Path old = Files.createDirectory(store.directory().resolve(".partial-old"));
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

      store.begin(TIME, "other").close();

      assertThat(dead).doesNotExist();
      assertThat(old).doesNotExist();
      assertThat(young).exists();
      assertThat(alive.directory()).exists();
      alive.complete(Manifests.env(TIME));
    }
    assertThat(store.list().backups()).hasSize(1);
  }

  @Test
  void oneIsFoundByItsBeginning() {
    Backup first = make(TIME, "shop");
    make(TIME.plusSeconds(1), "shop");

    assertThat(store.find(first.id())).isEqualTo(first);
    assertThat(store.find("20251127T035512")).isEqualTo(first);
    assertFails(
        () -> store.find("2025"),
        ExitCode.USAGE,
        "`2025` is the beginning of several backups: `20251127T035512Z-shop`,"
            + " `20251127T035513Z-shop`");
    assertFails(() -> store.find(""), ExitCode.USAGE, "there is no backup ``");
    assertFails(() -> store.find("../x"), ExitCode.USAGE, "there is no backup `../x`");
  }

  @Test
  void aDamagedManifestIsSaid() throws IOException {
    Backup whole = make(TIME, "shop");
    Backup broken = make(TIME.plusSeconds(1), "shop");
    Files.writeString(broken.path(Manifest.NAME), "{");
    Files.createDirectory(store.directory().resolve("empty"));

    assertThat(store.list().backups()).containsExactly(whole);
    assertThat(store.list().damaged())
        .hasSize(2)
        .anyMatch(text -> text.startsWith("`empty` has no usable manifest: it is missing"));
    assertFails(
        () -> store.find(broken.id()),
        ExitCode.REFUSED,
        "the manifest of the backup `%s` is damaged".formatted(broken.id()));
  }

  @Test
  void oldOnesGoAndTheNewestStay() {
    Backup oldest = make(TIME.minus(Duration.ofDays(40)), "shop");
    Backup older = make(TIME.minus(Duration.ofDays(31)), "shop");
    Backup old = make(TIME.minus(Duration.ofDays(20)), "shop");
    Backup fresh = make(TIME, "shop");
    Optional<Duration> month = Optional.of(Duration.ofDays(30));

    assertThat(store.prune(Optional.of(4), month, TIME)).isEmpty();
    assertThat(store.prune(Optional.of(3), month, TIME)).containsExactly(oldest);
    assertThat(store.prune(Optional.empty(), month, TIME)).containsExactly(older);
    assertThat(store.prune(Optional.of(1), Optional.empty(), TIME)).containsExactly(old);
    assertThat(store.list().backups()).containsExactly(fresh);
    assertThat(old.directory()).doesNotExist();
    assertThat(store.prune(Optional.of(0), Optional.empty(), TIME)).containsExactly(fresh);
  }

  @Test
  void anotherPlaceIgnoresItselfToo() {
    var elsewhere = new BackupStore(project.resolve("else/where"));

    elsewhere.begin(TIME, "shop").close();

    assertThat(project.resolve("else/where/.gitignore")).hasContent("*");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaid() throws IOException {
    Path file = Files.writeString(project.resolve("file"), "");
    var nowhere = new BackupStore(file.resolve("backups"));

    assertFails(
        () -> nowhere.begin(TIME, "shop"),
        ExitCode.CHANGE_FAILED,
        "the backup cannot be written to `%s`".formatted(file.resolve("backups")));
  }

  private Backup make(Instant time, String database) {
    try (BackupDraft draft = store.begin(time, database)) {
      draft.write("env/0-.env", "X=1".getBytes(StandardCharsets.UTF_8));
      return draft.complete(Manifests.env(time));
    }
  }

  private static void assertFails(ThrowingCallable call, ExitCode exitCode, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e).hasMessageContaining(message);
              assertThat(e.exitCode()).isEqualTo(exitCode);
            });
  }
}
