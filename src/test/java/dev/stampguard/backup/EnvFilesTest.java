package dev.stampguard.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFilesTest {
  private static final Instant TIME = Instant.parse("2025-11-27T03:55:12Z");

  /** A byte order mark, both line ends, no last one, and bytes that are no UTF-8. */
  private static final byte[] BYTES = {
    (byte) 0xef,
    (byte) 0xbb,
    (byte) 0xbf,
    'A',
    '=',
    '1',
    '\r',
    '\n',
    'B',
    '=',
    (byte) 0xff,
    '\n',
    'C'
  };

  @TempDir private Path project;
  private EnvFiles files;
  private Path env;

  @BeforeEach
  void write() throws IOException {
    files = new EnvFiles(project);
    env = Files.write(project.resolve(".env"), BYTES);
    mode(env, "rw-r-----");
  }

  @Test
  void aFileComesBackByteForByteWithItsMode() throws IOException {
    Backup backup = backUp(env);
    Files.writeString(env, "other");
    mode(env, "rw-rw-rw-");

    List<EnvFiles.Restored> restored = files.restore(backup);

    assertThat(restored).containsExactly(new EnvFiles.Restored(".env", Optional.of(".env.backup")));
    assertThat(env).hasBinaryContent(BYTES);
    assertThat(mode(env)).isEqualTo("rw-r-----");
    assertThat(project.resolve(".env.backup")).hasContent("other");
    assertThat(mode(project.resolve(".env.backup"))).isEqualTo("rw-rw-rw-");
  }

  @Test
  void aFileThatIsAsItWasIsLeftAlone() throws IOException {
    Backup backup = backUp(env);
    Object before = Files.getAttribute(env, "unix:ino");

    assertThat(files.restore(backup)).isEmpty();

    assertThat(Files.getAttribute(env, "unix:ino")).isEqualTo(before);
    assertThat(project.resolve(".env.backup")).doesNotExist();
  }

  @Test
  void anotherModeAloneIsPutBackToo() throws IOException {
    Backup backup = backUp(env);
    mode(env, "rw-rw-rw-");

    assertThat(files.restore(backup)).hasSize(1);

    assertThat(mode(env)).isEqualTo("rw-r-----");
  }

  @Test
  void earlierCopiesStay() throws IOException {
    Backup backup = backUp(env);
    Files.writeString(project.resolve(".env.backup"), "first");
    Files.writeString(project.resolve(".env.backup.1"), "second");
    Files.writeString(env, "other");

    assertThat(files.restore(backup))
        .containsExactly(new EnvFiles.Restored(".env", Optional.of(".env.backup.2")));

    assertThat(project.resolve(".env.backup")).hasContent("first");
    assertThat(project.resolve(".env.backup.1")).hasContent("second");
    assertThat(project.resolve(".env.backup.2")).hasContent("other");
  }

  @Test
  void aFileThatIsGoneComesBack() throws IOException {
    Backup backup = backUp(env);
    Files.delete(env);

    assertThat(files.restore(backup))
        .containsExactly(new EnvFiles.Restored(".env", Optional.empty()));

    assertThat(env).hasBinaryContent(BYTES);
    assertThat(mode(env)).isEqualTo("rw-r-----");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.move(env, project.resolve("real"));
    Files.createSymbolicLink(env, Path.of("real"));
    Backup backup = backUp(env);
    Files.writeString(real, "other");

    files.restore(backup);

    assertThat(Files.isSymbolicLink(env)).isTrue();
    assertThat(real).hasBinaryContent(BYTES);
    assertThat(project.resolve(".env.backup")).hasContent("other");
  }

  @Test
  void filesBesideTheProjectComeBackToo(@TempDir Path elsewhere) throws IOException {
    Path other = Files.writeString(elsewhere.resolve("shared.env"), "S=1");
    Backup backup = backUp(env, other);
    Files.writeString(other, "S=2");

    assertThat(files.restore(backup))
        .containsExactly(new EnvFiles.Restored(other.toString(), Optional.of(other + ".backup")));

    assertThat(other).hasContent("S=1");
  }

  @Test
  void whatCannotBePutBackIsSaid() throws IOException {
    Path nested = Files.createDirectory(project.resolve("sub")).resolve(".env");
    Files.write(nested, BYTES);
    Backup backup = backUp(nested);
    Files.delete(nested);
    Files.delete(nested.getParent());

    assertThatThrownBy(() -> files.restore(backup))
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.CHANGE_FAILED);
              assertThat(e)
                  .hasMessageContaining("`sub/.env` could not be restored")
                  .hasMessageContaining(backup.path("env/0-.env").toString());
            });
  }

  private Backup backUp(Path... originals) {
    var store = new BackupStore(BackupStore.defaultDirectory(project));
    try (BackupDraft draft = store.begin(TIME, "shop")) {
      List<Manifest.EnvCopy> copies = files.save(List.of(originals), draft);
      return draft.complete(
          new Manifest(
              "0.1.0",
              TIME,
              Manifest.Kind.ENV,
              new Manifest.Place("shop", "h", 1),
              Optional.empty(),
              Optional.empty(),
              copies,
              draft.files()));
    }
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
