package dev.stampguard.service.repair;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.PrivateFiles;
import dev.stampguard.backup.StateJson;
import dev.stampguard.repair.journal.Journal;
import dev.stampguard.repair.journal.JournalEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The journals of a project, below {@code .stampguard/journal}. */
public final class JournalStore {
  private static final String ENDING = ".jsonl";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path directory;

  /**
   * @param project the project's directory
   */
  public JournalStore(Path project) {
    this.directory = project.resolve(".stampguard").resolve("journal");
  }

  /**
   * Begins the journal of a repair; the entry is on disk when this returns.
   *
   * @throws StampguardException (usage) when nothing can be written there: then no repair begins
   */
  JournalWriter begin(JournalEntry.Begun begun) {
    String id = NAME.format(begun.time()) + "-" + begun.plan();
    try {
      // The whole directory is ours, and nobody else's to look into.
      PrivateFiles.createDirectories(directory);
      PrivateFiles.ignore(directory.getParent());
      Path file = directory.resolve(id + ENDING);
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      var writer = new JournalWriter(file, channel);
      writer.write(begun);
      PrivateFiles.sync(directory);
      return writer;
    } catch (IOException e) {
      throw unwritable(directory);
    }
  }

  /** Adds an entry to a journal that somebody left open. */
  public void close(Journal journal, JournalEntry entry) {
    Path file = directory.resolve(journal.id() + ENDING);
    try (var writer = new JournalWriter(file, FileChannel.open(file, StandardOpenOption.WRITE))) {
      writer.goToEnd();
      writer.write(entry);
    } catch (IOException e) {
      throw unwritable(file);
    }
  }

  /** All journals, oldest first; one that holds not even its beginning is left out. */
  public List<Journal> all() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      var journals = new ArrayList<Journal>();
      for (Path file : files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList()) {
        read(file).ifPresent(journals::add);
      }
      return journals;
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be read".formatted(directory),
          "check its permissions: it says how earlier repairs ended");
    }
  }

  private static Optional<Journal> read(Path file) throws IOException {
    var entries = new ArrayList<JournalEntry>();
    for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
      try {
        entries.add(JournalLines.read(line));
      } catch (IOException e) {
        break; // The run was killed while it wrote this one.
      }
    }
    return entries.isEmpty() || !(entries.getFirst() instanceof JournalEntry.Begun)
        ? Optional.empty()
        : Optional.of(new Journal(name(file), entries));
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  /** The newest journal of a repair from, or to, this database that nobody closed. */
  public Optional<Journal> open(String database, String server) {
    return all().reversed().stream()
        .filter(journal -> journal.concerns(database))
        .filter(journal -> journal.begun().server().equals(server))
        .findFirst()
        .filter(Journal::isOpen);
  }

  /** The repair that a backup was made for; empty when it was made by hand. */
  public Optional<Journal> ofBackup(String backup) {
    return all().reversed().stream()
        .filter(journal -> journal.backup().filter(backup::equals).isPresent())
        .findFirst();
  }

  /**
   * Keeps what a repair left, beside its journal.
   *
   * @param journal the journal's id
   */
  void keepState(String journal, DatabaseState after) {
    Path file = state(journal);
    try {
      PrivateFiles.write(file, StateJson.toText(after).getBytes(StandardCharsets.UTF_8));
      PrivateFiles.sync(directory);
    } catch (IOException e) {
      throw unwritable(file);
    }
  }

  /** What a repair left; empty when nobody counted it. */
  public Optional<DatabaseState> stateAfter(Journal journal) {
    Path file = state(journal.id());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StateJson.parse(Files.readString(file)));
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be read".formatted(file),
          "without it nobody can tell what was written since the repair");
    }
  }

  private Path state(String journal) {
    return directory.resolve(journal + ".after.json");
  }

  private static StampguardException unwritable(Path path) {
    return new StampguardException(
        ExitCode.USAGE,
        "the journal `%s` cannot be written".formatted(path),
        "check its permissions and the space left: no repair is made without a journal");
  }

  /** Appends to one journal; each entry is on disk when it returns. */
  static final class JournalWriter implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private boolean changePossible;

    private JournalWriter(Path file, FileChannel channel) {
      this.file = Objects.requireNonNull(file);
      this.channel = Objects.requireNonNull(channel);
    }

    /**
     * Writes an entry.
     *
     * @throws StampguardException (change failed) when it cannot be: nothing may be committed then
     */
    void write(JournalEntry entry) {
      ByteBuffer line =
          ByteBuffer.wrap((JournalLines.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
      try {
        while (line.hasRemaining()) {
          channel.write(line);
        }
        channel.force(true);
        changePossible |=
            entry instanceof JournalEntry.Committing || entry instanceof JournalEntry.Switching;
      } catch (IOException e) {
        throw new StampguardException(
            ExitCode.CHANGE_FAILED,
            "the journal `%s` cannot be written".formatted(file),
            "check the space left");
      }
    }

    /** The journal's name. */
    String id() {
      return name(file);
    }

    /** Whether something was announced that lasts once it is done. */
    boolean isChangePossible() {
      return changePossible;
    }

    /** What a killed run left half written was acknowledged to nobody, and would spoil the next. */
    private void goToEnd() throws IOException {
      byte[] written = Files.readAllBytes(file);
      int end = written.length;
      while (end > 0 && written[end - 1] != '\n') {
        end--;
      }
      channel.truncate(end);
      channel.position(end);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // Every entry was synced by itself.
      }
    }
  }
}
