package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.LeftOvers;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is replaced whole, or it and its directory stay as they were. */
class FileReplacementTest {
  private static final byte[] OLD = bytes("PASSWORD=hunter2\r\nDB=old\n");
  private static final byte[] NEW = bytes("PASSWORD=hunter2\r\nDB=new\n");
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxrwxrwx");

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(directory.resolve(".env"), OLD);
  }

  @AfterEach
  void open() throws IOException {
    Files.setPosixFilePermissions(directory, OPEN);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path replace() {
    return new FileReplacement(file, ".env").replace(OLD, NEW);
  }

  private StampguardException refusal() {
    var failure = catchThrowableOfType(StampguardException.class, this::replace);
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure.hint()).isPresent();
    assertThat(failure.getMessage() + failure.hint()).doesNotContain("hunter2");
    return failure;
  }

  private Set<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files
          .map(found -> found.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-", "rwxr-xr-x", "-w-------"})
  void modeIsKeptAndTheCopyHasItToo(String permissions) throws IOException {
    mode(file, permissions);
    Assumptions.assumeTrue(Files.isReadable(file));
    Path backup = replace();
    assertThat(file).hasBinaryContent(NEW);
    assertThat(backup).isEqualTo(directory.resolve(".env.backup")).hasBinaryContent(OLD);
    assertThat(mode(file)).isEqualTo(permissions);
    assertThat(mode(backup)).isEqualTo(permissions);
    assertThat(names(directory)).containsExactly(".env", ".env.backup");
  }

  @Test
  void anEarlierCopyIsNeverOverwritten() throws IOException {
    Path first = Files.writeString(directory.resolve(".env.backup"), "precious");
    Path link = Files.createSymbolicLink(directory.resolve(".env.backup.1"), Path.of("nowhere"));
    assertThat(replace()).isEqualTo(directory.resolve(".env.backup.2")).hasBinaryContent(OLD);
    assertThat(first).hasContent("precious");
    assertThat(link).isSymbolicLink();
    assertThat(new FileReplacement(file, ".env").replace(NEW, OLD))
        .isEqualTo(directory.resolve(".env.backup.3"))
        .hasBinaryContent(NEW);
  }

  @Test
  void aLinkStaysALinkAndTheCopyIsBesideIt() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path real = Files.move(file, shared.resolve("dev.env"));
    mode(real, "rw-r-----");
    Path hop = Files.createSymbolicLink(directory.resolve("hop"), Path.of("shared/dev.env"));
    Files.createSymbolicLink(file, Path.of("hop"));
    Path backup = replace();
    assertThat(file).isSymbolicLink().hasBinaryContent(NEW);
    assertThat(hop).isSymbolicLink();
    assertThat(Files.readSymbolicLink(file)).isEqualTo(Path.of("hop"));
    assertThat(real).isRegularFile().hasBinaryContent(NEW);
    assertThat(mode(real)).isEqualTo("rw-r-----");
    assertThat(backup).isEqualTo(directory.resolve(".env.backup")).isRegularFile();
    assertThat(names(shared)).containsExactly("dev.env");
  }

  @Test
  void whatChangedMeanwhileIsLeftAlone() throws IOException {
    byte[] theirs = bytes("PASSWORD=hunter2\nDB=theirs\n");
    Files.write(file, theirs);
    assertThat(refusal().getMessage()).contains("was changed since it was read");
    assertThat(file).hasBinaryContent(theirs);
    assertThat(names(directory)).containsExactly(".env");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "r--r--r--"})
  void aReadOnlyFileIsLeftAlone(String permissions) throws IOException {
    mode(file, permissions);
    assertThat(refusal().getMessage()).contains("it is read-only");
    assertThat(file).hasBinaryContent(OLD);
    assertThat(mode(file)).isEqualTo(permissions);
    assertThat(names(directory)).containsExactly(".env");
  }

  @Test
  void aReadOnlyDirectoryIsLeftAlone() throws IOException {
    mode(directory, "r-xr-xr-x");
    assertThat(refusal().getMessage()).contains("its directory").contains("is read-only");
    assertThat(file).hasBinaryContent(OLD);
    assertThat(names(directory)).containsExactly(".env");
  }

  @Test
  void aReadOnlyDirectoryBehindALinkIsLeftAlone() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path real = Files.move(file, shared.resolve("dev.env"));
    Files.createSymbolicLink(file, real);
    mode(shared, "r-xr-xr-x");
    try {
      assertThat(refusal().getMessage()).contains("`" + shared + "` is read-only");
      assertThat(real).hasBinaryContent(OLD);
      assertThat(names(directory)).containsExactly(".env", "shared");
    } finally {
      Files.setPosixFilePermissions(shared, OPEN);
    }
  }

  @Test
  void aFileWithTwoNamesIsLeftAlone() throws IOException {
    Path other = Files.createLink(directory.resolve("other.env"), file);
    assertThat(refusal().getMessage()).contains("2 names");
    assertThat(other).hasBinaryContent(OLD);
    assertThat(names(directory)).containsExactly(".env", "other.env");
  }

  @Test
  void theOwnerIsKept() throws IOException {
    Assumptions.assumeTrue(
        Files.getOwner(directory).getName().equals("root"), "only root gives files away");
    var nobody =
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(file, nobody);
    Path backup = replace();
    assertThat(file).hasBinaryContent(NEW);
    assertThat(Files.getOwner(file)).isEqualTo(nobody);
    assertThat(Files.getOwner(backup)).isEqualTo(nobody);
  }

  @ParameterizedTest
  @ValueSource(strings = {".env.swp", "..env.swp", ".#.env", ".~lock..env#"})
  void anEditorThatHasItOpenIsTold(String lock) throws IOException {
    assertThat(new FileReplacement(file, ".env").warnings()).isEmpty();
    Files.createSymbolicLink(directory.resolve(lock), Path.of("me@host.1234:99"));
    assertThat(new FileReplacement(file, ".env").warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains("`.env` open (`" + lock + "`)"));
  }

  @Test
  void whatAKilledRunLeftIsSwept() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(LeftOvers.beside(file, dead.pid()), "half");
    replace();
    assertThat(names(directory)).containsExactly(".env", ".env.backup");
  }

  @Test
  void aDirectoryThatCannotTakeTheCopyLeavesEverything() throws IOException {
    // Such a name is too long once a suffix is added.
    file = Files.write(directory.resolve("e".repeat(250)), OLD);
    assertThat(refusal().getMessage()).contains("cannot be replaced").contains("too long");
    assertThat(file).hasBinaryContent(OLD);
    assertThat(names(directory)).isEqualTo(new TreeSet<>(List.of(".env", "e".repeat(250))));
  }
}
