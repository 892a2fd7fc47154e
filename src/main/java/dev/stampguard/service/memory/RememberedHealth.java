package dev.stampguard.service.memory;

import dev.stampguard.postgres.ServerMoment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The last moment at which one question had the answer "healthy, and nothing to say". Kept in a
 * file of the user's, which holds no name and no definition of anything. Whatever is wrong with the
 * file or its directory: then nothing is remembered, and nobody is told.
 */
public final class RememberedHealth {
  private static final String FORMAT = "stampguard 1";

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
    return Files.exists(file);
  }

  /** The moment of a question; empty when another one was asked last, or none. */
  public Optional<ServerMoment> of(Question question) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return Optional.empty();
    }
    return lines.size() >= 4
            && lines.getFirst().equals(FORMAT)
            && lines.get(1).equals(question.digest())
        ? Optional.of(new ServerMoment(lines.subList(4, lines.size()), lines.get(2), lines.get(3)))
        : Optional.empty();
  }

  /**
   * Remembers a moment, unless a file changed while the answer was found or shortly before: it may
   * not be the one that was read.
   *
   * @param question as the files ask it now
   * @param start when the files were read first, by this machine's clock
   */
  public void keep(Question question, ServerMoment moment, Instant start) {
    boolean mayHaveChanged = question.changed().isAfter(start.minusSeconds(UNSURE_SECONDS));
    if (mayHaveChanged || moment.searchPath().stream().anyMatch(schema -> schema.contains("\n"))) {
      return;
    }
    var lines =
        new ArrayList<>(List.of(FORMAT, question.digest(), moment.started(), moment.snapshot()));
    lines.addAll(moment.searchPath());
    try {
      if (!Files.isDirectory(file.getParent())) {
        Files.createDirectories(
            file.getParent(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path draft = Files.createTempFile(file.getParent(), "draft", null);
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      // Nothing is remembered: the next answer takes as long as this one.
    }
  }
}
