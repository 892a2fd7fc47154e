package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import java.util.List;

/**
 * One session of a project's migration tool in the database that is to be changed. It owns the
 * transaction: the ledger, the revisions and what is read in between all see it, and nobody else
 * does before {@link #commit()}.
 *
 * <p>The way through it is {@link #connect()}; then any number of segments, each from {@link
 * #begin()} to {@link #commit()} or {@link #rollback()}, with {@link #runAlone} only between them;
 * then {@link #close()}. Whatever ends the session otherwise (this process, the tool's, the
 * server's, the network) rolls back what was not committed.
 *
 * <p>Every method may throw {@link dev.stampguard.StampguardException} (change failed) when the
 * session is lost; nothing of the open transaction is there then. A method called out of turn
 * throws {@link IllegalStateException}.
 */
public interface ChangeSession extends AutoCloseable {
  /**
   * Connects and loads the scripts; no transaction is open afterwards. With {@link
   * RunSettings#projectEnvironment} what the project's own set-up does before the first revision is
   * done, and committed, when this returns.
   *
   * @throws dev.stampguard.StampguardException (usage) when set-up or scripts cannot be loaded, or
   *     would go to another database, where nothing was run
   */
  void connect();

  /** The process id of the server's side of this session, as {@code pg_stat_activity} has it. */
  int backend();

  /**
   * Where the ledger is, or where the tool would create it now. A script that changes the search
   * path does not move it.
   */
  QualifiedName ledger();

  /**
   * Begins a transaction, and locks the ledger if there is one: until the transaction ends, others
   * can read it and nobody can write it.
   *
   * @throws dev.stampguard.StampguardException (refused, passing) when another session holds the
   *     ledger; it is named, and no transaction is open
   */
  void begin();

  /**
   * The id of the transaction that was begun last, for {@code pg_xact_status}: that tells whether
   * it was committed, also when this session cannot say any more.
   */
  String transaction();

  /**
   * Makes the ledger say exactly this, within the open transaction. A ledger that is not there is
   * created as the tool would.
   *
   * @param heads the rows; empty for base
   * @throws dev.stampguard.StampguardException (change failed) when the ledger cannot take them;
   *     the transaction goes on without the change
   */
  void stamp(List<String> heads);

  /**
   * Runs exactly this revision's upgrade within the open transaction. One that is not {@link
   * ChangeOutcome.Done} left nothing behind, and what ran before it is still there to be committed
   * or rolled back, unless the outcome is {@link ChangeOutcome.TransactionEnded}.
   *
   * @param record whether the ledger is moved along, as the tool does; otherwise it is untouched
   */
  ChangeOutcome run(String revision, boolean record);

  /**
   * Runs exactly this revision's upgrade as the tool itself would, in transactions of its own; only
   * while no transaction is open. Nobody is kept from the ledger meanwhile. What it committed
   * before it failed stays.
   *
   * @param record whether the ledger is moved along, as the tool does; otherwise it is untouched
   * @return {@link ChangeOutcome.Done} or {@link ChangeOutcome.Failed}
   */
  ChangeOutcome runAlone(String revision, boolean record);

  /**
   * What is in the database and what its ledger claims, with definitions, as the open transaction
   * sees it: equal to what {@link Inspection#of} gives once it is committed. Read as the role that
   * connected, with its own search path, whatever scripts have set; they find their settings
   * unchanged.
   *
   * @throws dev.stampguard.StampguardException as {@link Inspection#of} says; the transaction goes
   *     on
   */
  Inspection look();

  /**
   * Reads in the open transaction, under the same conditions as {@link #look()}; row security is an
   * error instead of a wrong answer. The session may hold a temporary table of its own.
   *
   * @param sql one statement that changes nothing and returns text, integers and booleans only (of
   *     everything else, cast it), in which names are qualified
   * @return the rows as text; a boolean is {@code true} or {@code false}; NULL is {@code null}
   * @throws dev.stampguard.StampguardException when the statement fails; the transaction goes on
   */
  List<List<String>> query(String sql);

  /**
   * Commits the open transaction.
   *
   * @throws dev.stampguard.StampguardException (change failed) when it could not be committed:
   *     nothing of it is there; or when the session was lost meanwhile: only {@code pg_xact_status}
   *     of {@link #transaction()} tells then
   */
  void commit();

  /** Rolls the open transaction back; nothing to do when a script has ended it already. */
  void rollback();

  /** Ends the session; an open transaction is rolled back. */
  @Override
  void close();
}
