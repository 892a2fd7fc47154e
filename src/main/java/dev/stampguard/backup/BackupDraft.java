package dev.stampguard.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.database.DatabaseProperties;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A backup that is being written: a directory under a name that no backup has, locked for as long
 * as its owner lives. Closing it without {@link #complete} deletes it.
 */
public final class BackupDraft implements AutoCloseable {
  static final String PREFIX = ".partial-";
  private static final String LOCK = ".lock";

  /** Between a directory and its lock file there is a moment. */
  private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);

  private final Path store;
  private final String id;
  private final Path directory;
  private final FileChannel lock;
  private final Thread atExit;
  private boolean complete;

  private BackupDraft(Path store, String id, Path directory, FileChannel lock) {
    this.store = Objects.requireNonNull(store);
    this.id = Objects.requireNonNull(id);
    this.directory = Objects.requireNonNull(directory);
    this.lock = Objects.requireNonNull(lock);
    // Ctrl-C runs no finally, and half a dump may be large.
    this.atExit = new Thread(this::discard, "stampguard-backup");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static BackupDraft begin(Path store, String id) throws IOException {
    Path directory = store.resolve(PREFIX + id);
    PrivateFiles.createDirectory(directory);
    FileChannel lock = PrivateFiles.create(directory.resolve(LOCK));
    if (lock.tryLock() == null) {
      throw new IOException("a new file is locked");
    }
    return new BackupDraft(store, id, directory, lock);
  }

  /** Deletes a draft whose owner is gone; one that is still written stays. */
  static void sweep(Path directory) {
    Path file = directory.resolve(LOCK);
    try {
      if (!Files.exists(file)) {
        Instant made = Files.getLastModifiedTime(directory).toInstant();
        if (made.isBefore(Instant.now().minus(TIME_TO_LOCK))) {
          PrivateFiles.deleteTree(directory);
        }
        return;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        if (channel.tryLock() != null) {
          PrivateFiles.deleteTree(directory);
        }
      }
    } catch (IOException | OverlappingFileLockException e) {
      // Another run sweeps at the same moment, or it is one of this process.
    }
  }

  /** Where to write. */
  public Path directory() {
    return directory;
  }

  /** Writes a private file below the draft; it is on disk when this returns. */
  public void write(String path, byte[] content) {
    try {
      Path file = directory.resolve(path);
      PrivateFiles.createDirectories(file.getParent());
      PrivateFiles.write(file, content);
    } catch (IOException e) {
      throw unwritable(directory);
    }
  }

  /** Writes what describes the database beside its content. */
  public void write(DatabaseProperties properties) {
    write(Backup.PROPERTIES, PropertiesJson.write(properties));
  }

  /** Every file that was written so far, with size and digest, sorted by path. */
  public List<Manifest.StoredFile> files() {
    try {
      var files = new ArrayList<Manifest.StoredFile>();
      collect(directory, files);
      return files;
    } catch (IOException e) {
      throw unwritable(directory);
    }
  }

  private void collect(Path at, List<Manifest.StoredFile> files) throws IOException {
    for (Path child : PrivateFiles.children(at)) {
      if (Files.isDirectory(child)) {
        collect(child, files);
      } else if (!child.equals(directory.resolve(LOCK))) {
        files.add(
            new Manifest.StoredFile(
                directory.relativize(child).toString(),
                Files.size(child),
                PrivateFiles.sha256(child)));
      }
    }
  }

  /** Makes a backup of it: from now on it is there as a whole, whatever happens. */
  public Backup complete(Manifest manifest) {
    try {
      write(Manifest.NAME, ManifestJson.write(manifest));
      Files.delete(directory.resolve(LOCK));
      sync(directory);
      Path place = store.resolve(id);
      Files.move(directory, place, StandardCopyOption.ATOMIC_MOVE);
      complete = true;
      PrivateFiles.sync(store);
      return new Backup(id, place, manifest);
    } catch (IOException e) {
      throw unwritable(store);
    }
  }

  private static void sync(Path directory) throws IOException {
    for (Path child : PrivateFiles.children(directory)) {
      if (Files.isDirectory(child)) {
        sync(child);
      }
    }
    PrivateFiles.sync(directory);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // Already exiting; discarding it twice does no harm.
    }
    discard();
  }

  private void discard() {
    try (lock) {
      if (!complete) {
        PrivateFiles.deleteTree(directory);
      }
    } catch (IOException e) {
      // The next run sweeps it.
    }
  }

  static StampguardException unwritable(Path path) {
    return new StampguardException(
        ExitCode.CHANGE_FAILED,
        "the backup cannot be written to `%s`, and nothing of it is left there".formatted(path),
        "check the permissions and the space left, or name another place with `--directory DIR`");
  }
}
