package dev.stampguard.expectation.lock;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a lock file, and only as {@link LockWriter} writes it: what was edited by hand or left half
 * merged is an error that names the line, never an answer.
 */
public final class LockReader {
  /** The tool is named among these. */
  private static final int HEADER_LINES = 5;

  private static final String HINT = "write it anew with `stampguard snapshot`";

  private final Path file;
  private final byte[] content;
  private final Map<String, RevisionDraft> drafts = new LinkedHashMap<>();
  private final ObjectVersions versions = new ObjectVersions();
  private int number;
  private int at;
  private RevisionDraft last;
  private boolean amongObjects;

  private LockReader(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Reads a lock file.
   *
   * @return what it says; empty when there is no such file
   * @throws StampguardException (usage) when it cannot be read or is not as it was written
   */
  public static Optional<LockFile> read(Path file) {
    try {
      return Optional.of(new LockReader(file, Files.readAllBytes(file)).lockFile());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`%s` cannot be read".formatted(file), "check its permissions");
    }
  }

  /**
   * The tool whose lock file this is, by its first lines.
   *
   * @return empty when there is no such file, or nothing in it says so
   */
  public static Optional<String> toolOf(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .limit(HEADER_LINES)
          .filter(line -> line.startsWith(LockWriter.TOOL_KEY + "\t"))
          .map(line -> line.substring(LockWriter.TOOL_KEY.length() + 1).strip())
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private LockFile lockFile() {
    try {
      return parse();
    } catch (BrokenLine e) {
      throw broken(e.getMessage());
    } catch (IllegalArgumentException e) {
      // From whatever a field was to become: a number, a name, a digest.
      throw broken("cannot be understood");
    }
  }

  private LockFile parse() {
    nextLine();
    String format = header(LockWriter.FORMAT_KEY);
    if (!format.equals(LockWriter.FORMAT)) {
      throw new BrokenLine(
          "says format `%s`, and this stampguard reads format %s"
              .formatted(format, LockWriter.FORMAT));
    }
    String tool = header(LockWriter.TOOL_KEY);
    int major = Integer.parseInt(header(LockWriter.POSTGRES_KEY));
    String schema = header(LockWriter.SCHEMA_KEY);
    while (at < content.length) {
      LockLine line = nextLine();
      if (!line.isEmpty()) {
        read(line);
      }
    }
    return new LockFile(tool, major, schema, finished());
  }

  private String header(String key) {
    LockLine line = nextLine();
    if (!line.rawField().equals(key)) {
      throw new BrokenLine("does not say the `%s`".formatted(key));
    }
    String value = line.field();
    line.expectEnd();
    return value;
  }

  private void read(LockLine line) {
    String first = line.rawField();
    switch (first) {
      case RevisionLines.REVISION -> startRevision(line);
      case RevisionLines.UNREAD -> ofLastRevision(line).addUnread(line);
      case RevisionLines.GAP -> ofLastRevision(line).addGap(line);
      case RevisionLines.TOUCHED -> ofLastRevision(line).addTouched(line);
      default -> readObject(first, line);
    }
  }

  private void startRevision(LockLine line) {
    var draft = new RevisionDraft(number, line);
    int order = last == null ? 1 : draft.id().compareTo(last.id());
    if (order == 0) {
      throw new BrokenLine("says again what revision `%s` is".formatted(draft.id()));
    }
    if (order < 0 || amongObjects) {
      throw new BrokenLine("is out of order");
    }
    drafts.put(draft.id(), draft);
    last = draft;
  }

  private RevisionDraft ofLastRevision(LockLine line) {
    String id = line.field();
    if (last == null || amongObjects || !last.id().equals(id)) {
      throw new BrokenLine("is out of order");
    }
    line.digestWhole(last.digest());
    return last;
  }

  private void readObject(String first, LockLine line) {
    amongObjects = true;
    ObjectLine read = ObjectLine.read(first, line, versions);
    RevisionDraft draft = drafts.get(read.revision());
    if (draft == null) {
      throw new BrokenLine(
          "names revision `%s`, which the file does not list".formatted(read.revision()));
    }
    line.digestWhole(draft.digest());
    draft.add(read.effect());
  }

  private SortedMap<String, LockedRevision> finished() {
    var revisions = new TreeMap<String, LockedRevision>();
    for (RevisionDraft draft : drafts.values()) {
      number = draft.number();
      revisions.put(draft.id(), draft.finish());
    }
    return revisions;
  }

  private LockLine nextLine() {
    number++;
    int start = at;
    while (at < content.length && content[at] != '\n') {
      at++;
    }
    if (at == content.length) {
      throw new BrokenLine("breaks off");
    }
    // A checkout may have turned line ends; a field never holds a bare carriage return.
    int end = at > start && content[at - 1] == '\r' ? at - 1 : at;
    at++;
    var line = new LockLine(content, start, end);
    if (line.isMergeMarker()) {
      throw new BrokenLine("holds a merge marker of git");
    }
    return line;
  }

  private StampguardException broken(String what) {
    return new StampguardException(
        ExitCode.USAGE, "`%s:%s` %s".formatted(file, number, what), HINT);
  }
}
