package dev.stampguard.service.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * All that an answer depends on beside the database, as one digest: two equal ones ask the same of
 * the same files.
 *
 * @param digest 64 hex digits
 * @param changed when the file was last written or replaced that changed last, by the clock of
 *     whoever keeps the files
 */
public record Question(String digest, Instant changed) {
  /**
   * Asks.
   *
   * @param facts what is asked of which database, in a fixed order; secrets are welcome, they
   *     cannot be told from the digest
   * @param files whose content counts, and which need not be there
   * @return empty when a file cannot be read, or its file system does not tell when it changed
   */
  public static Optional<Question> of(List<String> facts, List<Path> files) {
    var asking = new Asking();
    facts.forEach(asking::add);
    try {
      for (Path file : files) {
        asking.addContent(file);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
    return Optional.of(asking.question());
  }

  /** Whether another one is the same, whatever the clocks say. */
  public boolean isSame(Question other) {
    return digest.equals(other.digest);
  }

  private static final class Asking {
    /** Bytes; no script has as many. */
    private static final int LARGE = 200_000;

    private final FactDigest facts = new FactDigest();
    private Instant changed = Instant.EPOCH;

    void add(String fact) {
      facts.add(fact);
    }

    void addContent(Path file) throws IOException {
      add(file.toString());
      if (Files.exists(file)) {
        byte[] content = Files.readAllBytes(file);
        if (content.length < LARGE) {
          facts.add(content);
        } else {
          add(checksum(new CRC32(), content) + checksum(new CRC32C(), content) + content.length);
        }
        see(file);
      }
    }

    /**
     * Two of them tell accidents apart, in a tenth of the time that a large lock file's digest
     * takes.
     */
    private static String checksum(Checksum sum, byte[] content) {
      sum.update(content, 0, content.length);
      return Long.toHexString(sum.getValue()) + " ";
    }

    /** The time of the change itself: nothing that is copied brings an older one along. */
    void see(Path file) throws IOException {
      Instant time = ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
      if (time.isAfter(changed)) {
        changed = time;
      }
    }

    Question question() {
      return new Question(facts.hex(), changed);
    }
  }
}
