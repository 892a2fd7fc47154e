package dev.stampguard.repair.plan;

import dev.stampguard.ShellWords;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One thing a repair does. The closed list: executor, text and JSON switch over all of them. */
public sealed interface RepairStep {
  /** The word in text and JSON. */
  String kind();

  /** What the server is told; empty when the step is not SQL of ours. */
  default Optional<String> sql() {
    return Optional.empty();
  }

  /** What is run that is no SQL of ours, in words; empty for SQL. */
  default Optional<String> command() {
    return Optional.empty();
  }

  /** What would take this step alone back; empty when only the backup does. */
  default Optional<String> inverse() {
    return Optional.empty();
  }

  /** What a person has to know about it, one sentence; empty for most. */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** The same, with the commands in its remark made whole. */
  default RepairStep repeating(UnaryOperator<String> command) {
    return this;
  }

  /**
   * The ledger gets exactly these rows.
   *
   * @param table where it is, or where the tool creates it
   * @param before its rows now, sorted
   * @param after its rows then, sorted
   * @param statements SQL that does it
   * @param undo SQL that takes it back
   */
  record SetLedger(
      QualifiedName table, List<String> before, List<String> after, String statements, String undo)
      implements RepairStep {
    public SetLedger {
      Objects.requireNonNull(table);
      before = List.copyOf(before);
      after = List.copyOf(after);
      Objects.requireNonNull(statements);
      Objects.requireNonNull(undo);
    }

    @Override
    public String kind() {
      return "set-ledger";
    }

    @Override
    public Optional<String> sql() {
      return Optional.of(statements);
    }

    @Override
    public Optional<String> inverse() {
      return Optional.of(undo);
    }
  }

  /**
   * A revision's own upgrade runs.
   *
   * @param what of its script runs, for people, as {@link
   *     dev.stampguard.tool.MigrationProject#running}
   * @param recorded whether the tool writes it into the ledger; otherwise the ledger stays as it is
   * @param rerun what is to be said where it may have run before; empty where it did not
   */
  record RunRevision(String revision, String what, boolean recorded, Optional<Rerun> rerun)
      implements RepairStep {
    public RunRevision {
      Objects.requireNonNull(revision);
      Objects.requireNonNull(what);
      Objects.requireNonNull(rerun);
    }

    /** One that has not run. */
    public RunRevision(String revision, String what, boolean recorded) {
      this(revision, what, recorded, Optional.empty());
    }

    @Override
    public String kind() {
      return "run-revision";
    }

    @Override
    public Optional<String> command() {
      return Optional.of(what + (recorded ? "" : ", without writing the ledger"));
    }

    @Override
    public Optional<String> remark() {
      return rerun.map(known -> known.of(List.of(revision)));
    }

    @Override
    public RunRevision repeating(UnaryOperator<String> command) {
      return new RunRevision(
          revision, what, recorded, rerun.map(known -> known.repeating(command)));
    }
  }

  /**
   * A statement of ours about one object.
   *
   * @param object what it makes or changes
   * @param statement the SQL, runnable with nothing but {@code pg_catalog} on the search path
   * @param undo SQL that takes it back; empty when none can
   * @param remark what a person has to know about it, one sentence; empty for most
   */
  record RunStatement(
      ObjectName object, String statement, Optional<String> undo, Optional<String> remark)
      implements RepairStep {
    public RunStatement {
      Objects.requireNonNull(object);
      Objects.requireNonNull(statement);
      Objects.requireNonNull(undo);
      Objects.requireNonNull(remark);
    }

    @Override
    public String kind() {
      return "run-sql";
    }

    @Override
    public Optional<String> sql() {
      return Optional.of(statement);
    }

    @Override
    public Optional<String> inverse() {
      return undo;
    }
  }

  /**
   * A new database is built beside the present one by running every script.
   *
   * @param database the one it will stand in for
   * @param revisions how many scripts run
   */
  record BuildDatabase(String database, int revisions) implements RepairStep {
    public BuildDatabase {
      Objects.requireNonNull(database);
    }

    @Override
    public String kind() {
      return "build-database";
    }

    @Override
    public Optional<String> command() {
      return Optional.of("run all %s revisions in a new database".formatted(revisions));
    }

    @Override
    public Optional<String> inverse() {
      return Optional.of("the new database is dropped");
    }
  }

  /** Rows of the tables and columns that both databases have are copied into the new one. */
  record CopyData(String database) implements RepairStep {
    public CopyData {
      Objects.requireNonNull(database);
    }

    @Override
    public String kind() {
      return "copy-data";
    }

    @Override
    public Optional<String> command() {
      return Optional.of("copy the rows of the tables and columns both have");
    }

    @Override
    public Optional<String> inverse() {
      return Optional.of("the new database is dropped");
    }
  }

  /** The new database takes over the name; the present one is kept under a dated name. */
  record SwapDatabases(String database) implements RepairStep {
    public SwapDatabases {
      Objects.requireNonNull(database);
    }

    @Override
    public String kind() {
      return "swap-databases";
    }

    @Override
    public Optional<String> command() {
      return Optional.of(
          "rename `%s` to a dated name and the new database to `%1$s`".formatted(database));
    }

    @Override
    public Optional<String> inverse() {
      return Optional.of("both are renamed back");
    }
  }

  /**
   * One value of a settings file names another database.
   *
   * @param file as messages name it
   * @param line 1-based
   * @param key the variable or setting
   * @param before the database it names now
   * @param after the database it names then
   */
  record EditEnvFile(String file, int line, String key, String before, String after)
      implements RepairStep {
    public EditEnvFile {
      Objects.requireNonNull(file);
      Objects.requireNonNull(key);
      Objects.requireNonNull(before);
      Objects.requireNonNull(after);
    }

    @Override
    public String kind() {
      return "edit-env-file";
    }

    @Override
    public Optional<String> command() {
      return Optional.of(
          "in %s:%s change the database of %s from `%s` to `%s`"
              .formatted(file, line, key, before, after));
    }

    @Override
    public Optional<String> inverse() {
      // The database of before is not healthy: that is why it was left.
      return Optional.of(
          "stampguard target use %s --allow-unhealthy".formatted(ShellWords.quote(before)));
    }
  }
}
