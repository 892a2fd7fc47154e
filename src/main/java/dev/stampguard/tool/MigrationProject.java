package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.target.Target;
import dev.stampguard.target.ToolUrl;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One project's use of one migration tool: where its scripts are and where its ledger is. */
public interface MigrationProject {
  /** The tool's name, as {@link MigrationTool#name()}. */
  String tool();

  /**
   * The script directory as the project names it, relative to the project, for example {@code
   * migrations}.
   */
  String location();

  /** Where the tool's configuration puts its ledger. */
  LedgerLocation ledgerLocation();

  /** The same project with its ledger elsewhere, for settings that override the tool's files. */
  MigrationProject withLedger(LedgerLocation location);

  /**
   * Whether the tool takes settings of its own from the database's URL, so that {@link #toldBy} has
   * to be asked before anything else.
   */
  default boolean readsUrl() {
    return false;
  }

  /**
   * The same project as the tool sees it with a URL.
   *
   * @param url the parameters of the database's URL that are not for its driver, by name
   * @throws dev.stampguard.StampguardException (usage) when the tool would refuse one of them
   */
  default MigrationProject toldBy(Map<String, String> url) {
    return this;
  }

  /** Reads the ledger. */
  LedgerReader ledger();

  /** Writes the ledger; empty where it is a column of ids and nothing else. */
  default Optional<LedgerWriting> ledgerWriting() {
    return Optional.empty();
  }

  /**
   * The locks of which the tool takes one while it migrates, the usual one first; none where it
   * takes none that others could see. Only {@code diagnose} looks at them. Of tools whose lock has
   * one name whatever a project says it is known already.
   *
   * @param ledger as it was found
   * @param database the database's name
   */
  default List<ToolLock> locks(Ledger ledger, String database) {
    return KnownLocks.of(tool(), ledger, database).stream().toList();
  }

  /**
   * Runs the checks that the project itself has for revisions, as far as that changes nothing. Only
   * {@code diagnose} asks for it.
   *
   * @param connection with no transaction open
   * @param revisions ids of recorded revisions, oldest first
   */
  default List<OwnCheck> ownChecks(PostgresConnection connection, List<String> revisions) {
    return List.of();
  }

  /**
   * Migrations that the tool runs and that are not among {@link #scripts()}, as one sentence
   * without a full stop; empty when all are.
   */
  default Optional<String> unjudged() {
    return Optional.empty();
  }

  /**
   * What a judgement by the lock file depends on. Asked after one, too, by which time it may be
   * known that it cannot be told.
   *
   * @return empty when it cannot: then no healthy answer is remembered
   * @throws dev.stampguard.StampguardException as {@link #scripts()}
   */
  default Optional<Premises> premises() {
    return Optional.empty();
  }

  /** The database URL in the tool's own configuration; empty when it has none. */
  Optional<ToolUrl> url();

  /**
   * What runs this project's revisions.
   *
   * @throws dev.stampguard.StampguardException (usage) when nothing on this machine can
   */
  RevisionLauncher launcher(RunSettings settings);

  /**
   * What changes a database with this project's revisions.
   *
   * @throws dev.stampguard.StampguardException (usage) when nothing on this machine can
   */
  ChangeLauncher changer(RunSettings settings);

  /**
   * What changes a database without running any of its revisions, where that takes no code of the
   * project's; empty when {@link #changer} has to do it.
   */
  default Optional<ChangeLauncher> ledgerChanger(RunSettings settings) {
    return Optional.empty();
  }

  /**
   * Why nothing may run this project's revisions although something could; empty when nobody has to
   * allow it, or somebody did.
   */
  default Optional<NotAllowed> notAllowed(RunSettings settings) {
    return Optional.empty();
  }

  /**
   * What has to be said before these revisions can run, whoever allows what; empty when they can.
   *
   * @param revisions ids of this project's
   */
  default Optional<Lack> lack(RunSettings settings, Collection<String> revisions) {
    return Optional.empty();
  }

  /**
   * Whether a revision runs in no transaction that others share, as far as its script says so
   * itself; of one that merely turns out so when it is run, {@code false}.
   *
   * @param settings how it would be run
   * @param database where it would be run
   * @param table the ledger there
   */
  default boolean isOutsideTransaction(
      String revision, RunSettings settings, Target database, QualifiedName table) {
    return false;
  }

  /**
   * What of a script runs, for people: all of it as a rule.
   *
   * @param file as {@link Revision#file()}
   */
  default String running(String file) {
    return file;
  }

  /** Reads every script. Costs one pass over the files at the first call, nothing later. */
  default Scripts scripts() {
    return scripts(KnownScripts.NONE);
  }

  /**
   * As {@link #scripts()}, and no other answer: of scripts that are known only the content is read,
   * until somebody asks what they do.
   *
   * @param known asked at the first call only, which may be one of {@link #scripts()}
   */
  Scripts scripts(KnownScripts known);

  /**
   * Where the tool's configuration puts its ledger.
   *
   * @param schema the schema named by the configuration; empty when the search path decides
   * @param table the table's name, unquoted
   * @param computedAt the place that computes the table's name, so that it is only a guess; empty
   *     when it is known
   */
  record LedgerLocation(Optional<String> schema, String table, Optional<String> computedAt) {
    /** A place that is known. */
    public LedgerLocation(Optional<String> schema, String table) {
      this(schema, table, Optional.empty());
    }
  }
}
