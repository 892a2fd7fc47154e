package dev.stampguard.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.database.DatabaseProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A complete backup.
 *
 * @param id the name of its directory, which sorts by time
 * @param directory where it is, absolute
 * @param manifest what it says about itself
 */
public record Backup(String id, Path directory, Manifest manifest) {
  /**
   * The dump of the schema, or of everything: one file, or a directory when written in parallel.
   */
  public static final String DUMP = "database.dump";

  /** The dump of the rows, where only some tables' rows are held. */
  public static final String ROWS = "rows.dump";

  /** What describes the database beside its content. */
  public static final String PROPERTIES = "properties.json";

  public Backup {
    Objects.requireNonNull(id);
    Objects.requireNonNull(directory);
    Objects.requireNonNull(manifest);
  }

  /** Where one of its parts is. */
  public Path path(String part) {
    return directory.resolve(part);
  }

  /** The dump of the rows, where it is not in {@link #DUMP}. */
  public Optional<Path> rows() {
    return Optional.of(path(ROWS)).filter(Files::exists);
  }

  /**
   * What describes the database beside its content.
   *
   * @throws StampguardException (refused) when it is damaged
   */
  public DatabaseProperties properties() {
    try (InputStream in = Files.newInputStream(path(PROPERTIES))) {
      return PropertiesJson.read(in);
    } catch (IOException e) {
      throw damaged("`%s` cannot be understood".formatted(PROPERTIES));
    }
  }

  /**
   * Compares every file with what the manifest says of it.
   *
   * @return one short text for each file that is not as it was; nothing when all are
   */
  public List<String> damages() {
    var damages = new ArrayList<String>();
    for (Manifest.StoredFile file : manifest.files()) {
      try {
        long bytes = Files.size(path(file.path()));
        if (bytes != file.bytes()) {
          damages.add(
              "`%s` has %s bytes instead of %s".formatted(file.path(), bytes, file.bytes()));
        } else if (!PrivateFiles.sha256(path(file.path())).equals(file.sha256())) {
          damages.add("`%s` has another content than when it was written".formatted(file.path()));
        }
      } catch (IOException e) {
        damages.add("`%s` cannot be read".formatted(file.path()));
      }
    }
    return damages;
  }

  /**
   * Makes sure that it is as it was written.
   *
   * @throws StampguardException (refused) naming what is not
   */
  public void requireIntact() {
    List<String> damages = damages();
    if (!damages.isEmpty()) {
      throw damaged(String.join(", ", damages));
    }
  }

  private StampguardException damaged(String how) {
    return new StampguardException(
        ExitCode.REFUSED,
        "the backup `%s` is damaged: %s".formatted(id, how),
        "`stampguard backup list` lists the others");
  }
}
