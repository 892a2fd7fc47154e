package dev.stampguard.service.memory;

import dev.stampguard.postgres.ServerMoment;
import dev.stampguard.tool.Edition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The last moment at which one question had the answer "healthy, and nothing to say". Kept in a
 * file of the user's, which holds no name and no definition of anything. Whatever is wrong with the
 * file or its directory: then nothing is remembered, and nobody is told.
 */
public final class RememberedHealth {
  private static final String FORMAT = "stampguard 3";

  private static final int MOMENT = 2;
  private static final int EDITION = 3;
  private static final int LINES = 4;

  /** A few hundred are written. */
  private static final int MOST_BYTES = 16_384;

  private static final Duration KEPT = Duration.ofDays(30);

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  /** Belongs to whoever runs the program, on Linux. */
  private static final Path SELF = Path.of("/proc/self");

  /** Of a file's time and of the clock that it is compared with. */
  private static final int UNSURE_SECONDS = 2;

  private final Path file;

  /**
   * @param file where it is kept; its directory need not be there
   */
  public RememberedHealth(Path file) {
    this.file = Objects.requireNonNull(file);
  }

  /** Whether anything is remembered, of whatever question: to be asked before one is made. */
  public boolean isThere() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a moment is the one of a question; not when another question was asked last. */
  public boolean isOf(Question question, ServerMoment moment) {
    return lines(question)
        .filter(lines -> lines.get(MOMENT).equals(digest(moment.parts())))
        .isPresent();
  }

  /** Whether an edition is known of a question. */
  public boolean hasEdition(Question question) {
    return lines(question).filter(lines -> !lines.get(EDITION).isEmpty()).isPresent();
  }

  /**
   * Whether an edition is the one of a question.
   *
   * @param now of the same connection
   */
  public boolean isOf(Question question, ServerMoment now, Edition edition) {
    return lines(question)
        .filter(lines -> lines.get(EDITION).equals(digest(now, edition)))
        .isPresent();
  }

  /** What is kept of a question; empty when there is nothing that can be relied on. */
  private Optional<List<String>> lines(Question question) {
    try {
      if (!isOwn(file.getParent()) || !isOwn(file) || !isSmall(file)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      return lines.size() == LINES
              && lines.getFirst().equals(FORMAT)
              && lines.get(1).equals(question.digest())
          ? Optional.of(lines)
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static String digest(List<String> facts) {
    var digest = new FactDigest();
    facts.forEach(digest::add);
    return digest.hex();
  }

  private static String digest(ServerMoment now, Edition edition) {
    var facts = new ArrayList<>(now.session());
    facts.addAll(edition.facts());
    return digest(facts);
  }

  /** Whether nobody else can have written it. */
  private static boolean isOwn(Path path) throws IOException {
    if (!Collections.disjoint(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS), OF_OTHERS)) {
      return false;
    }
    // Where there is no such thing, another one's file of these rights cannot be read.
    return !Files.exists(SELF) || uid(path).equals(uid(SELF));
  }

  private static Object uid(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether it is a file that reading comes to the end of. */
  private static boolean isSmall(Path path) throws IOException {
    BasicFileAttributes about =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return about.isRegularFile() && about.size() < MOST_BYTES;
  }

  /**
   * Remembers a moment, unless a file changed while the answer was found or shortly before: it may
   * not be the one that was read.
   *
   * @param question as the files ask it now
   * @param edition which one it was, where that is worth knowing
   * @param start when the files were read first, by this machine's clock
   */
  public void keep(
      Question question, ServerMoment moment, Optional<Edition> edition, Instant start) {
    if (question.changed().isAfter(start.minusSeconds(UNSURE_SECONDS))) {
      return;
    }
    Path directory = file.getParent();
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (!isOwn(directory)) {
        return;
      }
      if (!isThere()) {
        forgetOld(directory);
      }
      Path draft = Files.createTempFile(directory, "draft", null);
      try {
        Files.write(
            draft,
            List.of(
                FORMAT,
                question.digest(),
                digest(moment.parts()),
                edition.map(one -> digest(moment, one)).orElse("")));
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Nothing is remembered: the next answer takes as long as this one.
    }
  }

  /** Answers about projects and databases that may be gone. */
  private static void forgetOld(Path directory) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(KEPT));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path other : files) {
        if (Files.getLastModifiedTime(other, LinkOption.NOFOLLOW_LINKS).compareTo(old) < 0) {
          Files.deleteIfExists(other);
        }
      }
    }
  }
}
