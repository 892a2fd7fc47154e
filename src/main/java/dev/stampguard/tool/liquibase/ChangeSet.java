package dev.stampguard.tool.liquibase;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One changeset.
 *
 * @param id as it is written
 * @param author as it is written
 * @param filename the changelog as the ledger names it
 * @param path the file for messages, relative to the project
 * @param line 1-based line
 * @param comment what it says of itself; may be empty
 * @param isRerun whether it runs again, whenever it changed or always
 * @param isTransactional whether its statements run in one transaction
 * @param isConditional whether preconditions decide if it runs
 * @param hasAnyChecksum whether its author takes any checksum for valid
 * @param changes what it does, in order
 * @param isModified whether its SQL is changed before it runs
 */
record ChangeSet(
    String id,
    String author,
    String filename,
    String path,
    int line,
    String comment,
    boolean isRerun,
    boolean isTransactional,
    boolean isConditional,
    boolean hasAnyChecksum,
    List<Change> changes,
    boolean isModified) {
  private static final String TAG = "tagDatabase";

  /** What changes nothing in a database but, at most, the row about it. */
  private static final Set<String> IDLE = Set.of(TAG, "output", "empty");

  ChangeSet {
    Objects.requireNonNull(id);
    Objects.requireNonNull(author);
    Objects.requireNonNull(filename);
    changes = List.copyOf(changes);
  }

  /** In Liquibase's own notation. */
  String revision() {
    return revision(filename, id, author);
  }

  static String revision(String filename, String id, String author) {
    return filename + "::" + id + "::" + author;
  }

  /** What a changeset does. */
  sealed interface Change {}

  /**
   * Statements.
   *
   * @param text as it runs
   * @param line 1-based line on which it begins
   * @param isSplit whether it is cut into statements
   * @param delimiter what ends a statement; empty for the usual
   * @param summed the text that its checksum is of: of a file of its own as it is written, before
   *     properties come in
   */
  record Sql(String text, int line, boolean isSplit, String delimiter, String summed)
      implements Change {
    /** One whose checksum is of what runs. */
    Sql(String text, int line, boolean isSplit, String delimiter) {
      this(text, line, isSplit, delimiter, text);
    }
  }

  /** Anything else. */
  record Other(Node node) implements Change {}

  /** Whether nothing but a session is needed to run it. */
  boolean isSql() {
    return !isConditional
        && !isModified
        && changes.stream()
            .allMatch(
                change ->
                    switch (change) {
                      case Sql sql -> true;
                      case Other(var node) -> IDLE.contains(node.name());
                    });
  }

  /** Whether it plainly does nothing to the database but be recorded. */
  boolean isIdle() {
    return isSql() && changes.stream().noneMatch(Sql.class::isInstance);
  }

  /** The name that its row gives the state of the database. */
  Optional<String> tag() {
    return changes.stream()
        .flatMap(
            change ->
                switch (change) {
                  case Sql sql -> Stream.<Node>empty();
                  case Other(var node) -> Stream.of(node);
                })
        .filter(node -> node.name().equals(TAG))
        .flatMap(node -> node.value("tag").stream())
        .reduce((one, next) -> next);
  }
}
