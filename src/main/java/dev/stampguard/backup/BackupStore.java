package dev.stampguard.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a project's backups are kept: a directory with one directory for each. */
public final class BackupStore {
  private static final String OWN_DIRECTORY = ".stampguard";
  private static final int MOST_OF_ONE_SECOND = 100;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path directory;

  /**
   * @param directory absolute; it need not exist
   */
  public BackupStore(Path directory) {
    this.directory = Objects.requireNonNull(directory);
  }

  /** The store of a project that configures no other place. */
  public static Path defaultDirectory(Path project) {
    return project.resolve(OWN_DIRECTORY).resolve("backups");
  }

  /** Where it is, absolute. */
  public Path directory() {
    return directory;
  }

  /**
   * The backups and what looks like one and is none.
   *
   * @param backups oldest first
   * @param damaged names of directories whose manifest cannot be read, and why, one text each
   */
  public record Listing(List<Backup> backups, List<String> damaged) {
    public Listing {
      backups = List.copyOf(backups);
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * Begins a backup; what killed runs left is deleted first.
   *
   * @param database its database's name, which becomes part of the id
   * @throws StampguardException (change failed) when nothing can be written there
   */
  public BackupDraft begin(Instant time, String database) {
    String id = TIME.format(time) + "-" + database.replaceAll("[^A-Za-z0-9_.-]", "_");
    try {
      prepare();
      for (int number = 1; number <= MOST_OF_ONE_SECOND; number++) {
        String numbered = number == 1 ? id : id + "-" + number;
        if (!Files.exists(directory.resolve(numbered))) {
          try {
            return BackupDraft.begin(directory, numbered);
          } catch (FileAlreadyExistsException e) {
            // Another run's draft of the same second.
          }
        }
      }
    } catch (IOException e) {
      throw BackupDraft.unwritable(directory);
    }
    throw BackupDraft.unwritable(directory);
  }

  private void prepare() throws IOException {
    PrivateFiles.createDirectories(directory);
    // Environment files with passwords are in there.
    Path ours =
        directory.getParent() != null && directory.getParent().endsWith(OWN_DIRECTORY)
            ? directory.getParent()
            : directory;
    PrivateFiles.ignore(ours);
    for (Path child : PrivateFiles.children(directory)) {
      if (child.getFileName().toString().startsWith(BackupDraft.PREFIX)) {
        BackupDraft.sweep(child);
      }
    }
  }

  /**
   * All backups.
   *
   * @throws StampguardException (usage) when the directory cannot be read
   */
  public Listing list() {
    var backups = new ArrayList<Backup>();
    var damaged = new ArrayList<String>();
    for (String id : ids()) {
      try {
        backups.add(read(id));
      } catch (IOException e) {
        damaged.add("`%s` has no usable manifest: %s".formatted(id, e.getMessage()));
      }
    }
    return new Listing(backups, damaged);
  }

  private List<String> ids() {
    try {
      return PrivateFiles.children(directory).stream()
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be read".formatted(directory),
          "check its permissions, or name another place with `--directory DIR`");
    }
  }

  private Backup read(String id) throws IOException {
    Path file = directory.resolve(id).resolve(Manifest.NAME);
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is missing");
    }
    return new Backup(id, directory.resolve(id), ManifestJson.read(Files.readAllBytes(file)));
  }

  /**
   * One backup.
   *
   * @param name its id, or the beginning of it that no other shares
   * @throws StampguardException (usage) when there is none, or more than one; (refused) when its
   *     manifest is damaged
   */
  public Backup find(String name) {
    List<String> ids = ids();
    List<String> fitting =
        ids.contains(name)
            ? List.of(name)
            : ids.stream().filter(id -> !name.isEmpty() && id.startsWith(name)).toList();
    if (fitting.size() != 1) {
      throw new StampguardException(
          ExitCode.USAGE,
          fitting.isEmpty()
              ? "there is no backup `%s` in `%s`".formatted(name, directory)
              : "`%s` is the beginning of several backups: %s"
                  .formatted(
                      name,
                      fitting.stream().map(id -> "`" + id + "`").collect(Collectors.joining(", "))),
          "`stampguard backup list` lists them");
    }
    try {
      return read(fitting.getFirst());
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "the manifest of the backup `%s` is damaged: %s"
              .formatted(fitting.getFirst(), e.getMessage()),
          "`stampguard backup list` lists the others");
    }
  }

  /**
   * Deletes old backups.
   *
   * @param keep how many of the newest stay whatever their age; empty for none
   * @param olderThan only what is older goes; empty for any age
   * @return what was deleted, oldest first
   * @throws StampguardException (change failed) when one cannot be deleted
   */
  public List<Backup> prune(Optional<Integer> keep, Optional<Duration> olderThan, Instant now) {
    List<Backup> all = list().backups();
    List<Backup> candidates = all.subList(0, Math.max(0, all.size() - keep.orElse(0)));
    List<Backup> old =
        candidates.stream()
            .filter(
                backup ->
                    olderThan.isEmpty()
                        || backup.manifest().created().isBefore(now.minus(olderThan.get())))
            .toList();
    old.forEach(this::delete);
    return old;
  }

  private void delete(Backup backup) {
    Path going = directory.resolve(BackupDraft.PREFIX + backup.id());
    try {
      // Under a name that is no backup's: half of one must not look like one.
      Files.move(backup.directory(), going, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.deleteTree(going);
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "the backup `%s` cannot be deleted".formatted(backup.id()),
          "check the permissions of `%s`".formatted(directory));
    }
  }
}
