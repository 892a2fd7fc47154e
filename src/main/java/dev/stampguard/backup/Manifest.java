package dev.stampguard.backup;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a backup says about itself. Holds no credentials: environment files are in the backup as
 * files of their own.
 *
 * @param toolVersion the stampguard that made it
 * @param created when it was begun
 * @param kind what it holds
 * @param place which database it is of
 * @param trueState where the schema really was; empty when nobody could tell
 * @param dump what there is to know about the database; empty when only files were backed up
 * @param envFiles the environment files it holds
 * @param files every file of the backup but the manifest, sorted by path
 */
public record Manifest(
    String toolVersion,
    Instant created,
    Kind kind,
    Place place,
    Optional<RevisionSpan> trueState,
    Optional<Dump> dump,
    List<EnvCopy> envFiles,
    List<StoredFile> files) {
  /** The manifest's name in its backup. */
  public static final String NAME = "manifest.json";

  public Manifest {
    Objects.requireNonNull(toolVersion);
    Objects.requireNonNull(created);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(place);
    Objects.requireNonNull(trueState);
    Objects.requireNonNull(dump);
    envFiles = List.copyOf(envFiles);
    files = List.copyOf(files);
    if (dump.isPresent() == (kind == Kind.ENV)) {
      throw new IllegalArgumentException("a backup of kind " + kind + " and its dump");
    }
  }

  /** How large all files are together, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }

  /** What a backup holds. Environment files are always in it. */
  public enum Kind {
    /** The whole database. */
    FULL,
    /** The whole schema, and the rows of some tables. */
    AFFECTED,
    /** The schema without rows. */
    SCHEMA,
    /** Nothing of the database. */
    ENV;

    /** The word in manifests, on the command line and in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> ofLabel(String label) {
      return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
  }

  /** Which database a backup is of, without how to get in. */
  public record Place(String database, String host, int port) {
    public Place {
      Objects.requireNonNull(database);
      Objects.requireNonNull(host);
    }
  }

  /**
   * The interval of histories a schema was at.
   *
   * @param lower heads of the smallest one
   * @param upper heads of the largest one
   * @param exact whether both are the same
   */
  public record RevisionSpan(List<String> lower, List<String> upper, boolean exact) {
    public RevisionSpan {
      lower = List.copyOf(lower);
      upper = List.copyOf(upper);
    }
  }

  /**
   * The database's part.
   *
   * @param serverVersion as the server prints it, for example {@code 15.18}
   * @param clientMajor the major of the {@code pg_dump} that wrote it; an older {@code pg_restore}
   *     cannot read it
   * @param ledger the ledger's place; empty when there was none
   * @param state the database's state at exactly the moment of the dump
   * @param heldTables the tables whose rows are in it: all of them in a full one, the ledger in any
   */
  public record Dump(
      String serverVersion,
      int clientMajor,
      Optional<LedgerTable> ledger,
      DatabaseState state,
      SortedSet<String> heldTables) {
    public Dump {
      Objects.requireNonNull(serverVersion);
      Objects.requireNonNull(ledger);
      Objects.requireNonNull(state);
      heldTables = Collections.unmodifiableSortedSet(new TreeSet<>(heldTables));
      if (!state.tables().keySet().containsAll(heldTables)) {
        throw new IllegalArgumentException("a table that is held and was not there");
      }
    }

    /** Whether a restore leaves the rows of a table as they are at that time. */
    public boolean keepsPresentRows(String table) {
      return state.tables().containsKey(table) && !heldTables.contains(table);
    }

    /** The major version of the server. */
    public int serverMajor() {
      return Integer.parseInt(serverVersion.split("\\D", 2)[0]);
    }
  }

  /**
   * Where the ledger was.
   *
   * @param column the column that holds the recorded ids
   */
  public record LedgerTable(QualifiedName table, String column) {
    public LedgerTable {
      Objects.requireNonNull(table);
      Objects.requireNonNull(column);
    }

    /** Reads it at exactly this place, whatever the search path of a restored database. */
    public LedgerReader reader() {
      return new LedgerReader(
          new MigrationProject.LedgerLocation(Optional.of(table.schema()), table.name()), column);
    }
  }

  /**
   * A file of the backup.
   *
   * @param path below the backup's directory, with slashes
   * @param sha256 64 lower-case hex digits
   */
  public record StoredFile(String path, long bytes, String sha256) {
    public StoredFile {
      if (path.startsWith("/") || List.of(path.split("/")).contains("..")) {
        throw new IllegalArgumentException("outside of the backup: " + path);
      }
      Objects.requireNonNull(sha256);
    }
  }

  /**
   * A copy of an environment file.
   *
   * @param path the copy, below the backup's directory
   * @param original where it came from, relative to the project where it lay inside
   * @param owner name of its owner
   * @param group name of its group
   * @param mode its permissions, for example {@code rw-r-----}
   */
  public record EnvCopy(String path, String original, String owner, String group, String mode) {
    public EnvCopy {
      Objects.requireNonNull(path);
      Objects.requireNonNull(original);
      Objects.requireNonNull(owner);
      Objects.requireNonNull(group);
      Objects.requireNonNull(mode);
    }
  }
}
