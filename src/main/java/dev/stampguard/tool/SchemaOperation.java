package dev.stampguard.tool;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One thing a script does to the schema, in terms of existence only: enough to say which objects
 * must be there afterwards, never what they look like. Names are unquoted and complete; what
 * PostgreSQL or SQLAlchemy would name by itself is already named, except where the name depends on
 * what exists at that moment ({@link NewConstraint} without a name), and except the schema of a
 * name that a script leaves to the search path ({@link #SEARCH_PATH}).
 */
public sealed interface SchemaOperation {
  /** Stands in names for the schema that the search path puts first when the script runs. */
  String SEARCH_PATH = "";

  /** 1-based line of the statement in its script. */
  int line();

  /** The relation that is there afterwards and was not before, under its name as it stands. */
  default Optional<QualifiedName> createdRelation() {
    return switch (this) {
      case CreateTable create -> Optional.of(create.table());
      case CreateObject create -> relation(create.object());
      case RenameRelation rename -> relation(rename.to());
      case AddColumn o -> Optional.empty();
      case AddConstraint o -> Optional.empty();
      case CreateIndex o -> Optional.empty();
      case CreateInside o -> Optional.empty();
      case Drop o -> Optional.empty();
      case RenameColumn o -> Optional.empty();
      case RenameObject o -> Optional.empty();
      case AlterTable o -> Optional.empty();
      case Redefine o -> Optional.empty();
      case SetSearchPath o -> Optional.empty();
      case Conditional o -> Optional.empty();
      case Unreadable o -> Optional.empty();
    };
  }

  private static Optional<QualifiedName> relation(ObjectName object) {
    return object.kind().isRelation()
        ? Optional.of(new QualifiedName(object.parts().getFirst(), object.simpleName()))
        : Optional.empty();
  }

  /** A table and everything declared with it. */
  record CreateTable(
      int line,
      QualifiedName table,
      boolean ifNotExists,
      List<String> columns,
      List<NewConstraint> constraints,
      List<NewIndex> indexes)
      implements SchemaOperation {
    public CreateTable {
      columns = List.copyOf(columns);
      constraints = List.copyOf(constraints);
      indexes = List.copyOf(indexes);
    }
  }

  /** Any object without parts of its own: schema, extension, type, sequence, view, function. */
  record CreateObject(int line, ObjectName object, boolean ifNotExists)
      implements SchemaOperation {}

  record AddColumn(int line, QualifiedName table, String column, boolean ifNotExists)
      implements SchemaOperation {}

  record AddConstraint(int line, QualifiedName table, NewConstraint constraint)
      implements SchemaOperation {}

  record CreateIndex(int line, QualifiedName table, NewIndex index, boolean ifNotExists)
      implements SchemaOperation {}

  /** A trigger or a policy. */
  record CreateInside(int line, QualifiedName relation, ObjectName object)
      implements SchemaOperation {}

  /** Drops any object; a relation takes everything inside it along. */
  record Drop(int line, ObjectName object, boolean ifExists, boolean cascade)
      implements SchemaOperation {}

  record RenameRelation(int line, ObjectName from, ObjectName to) implements SchemaOperation {}

  record RenameColumn(int line, QualifiedName table, String from, String to)
      implements SchemaOperation {}

  /** Any other object that gets a new name: constraint, index, type, sequence, function. */
  record RenameObject(int line, ObjectName from, ObjectName to) implements SchemaOperation {}

  /** Changes a table without creating or dropping anything; the table must be there. */
  record AlterTable(int line, QualifiedName table) implements SchemaOperation {}

  /** Changes what some object looks like, and no name: a label added to an enum, for example. */
  record Redefine(int line) implements SchemaOperation {}

  /**
   * Names without a schema stand for objects of this one until the script ends. Whether later
   * scripts see the change depends on how they are run.
   */
  record SetSearchPath(int line, String schema) implements SchemaOperation {}

  /**
   * What follows happens only when the database meets a condition as the script runs; the ledger
   * tells whether it did. What it needs may be missing elsewhere.
   */
  record Conditional(int line) implements SchemaOperation {}

  /**
   * Something that could not be read.
   *
   * @param reason one sentence without a full stop
   * @param mayDrop names that this piece of script mentions, when it may drop or rename what it
   *     mentions; empty when it plainly cannot
   * @param isOpaque whether as a rule what is written like this makes what matters, so that nobody
   *     knows what its revision left
   * @param program what is to be said of it where it is a whole script, and a program among scripts
   *     that are not: what the others tell does not speak for it; else empty
   */
  record Unreadable(
      int line, String reason, Set<String> mayDrop, boolean isOpaque, Optional<Program> program)
      implements SchemaOperation {
    public Unreadable {
      mayDrop = Set.copyOf(mayDrop);
      Objects.requireNonNull(program);
    }

    /** A piece of a script. */
    public Unreadable(int line, String reason, Set<String> mayDrop, boolean isOpaque) {
      this(line, reason, mayDrop, isOpaque, Optional.empty());
    }

    /** A piece of a script, and an exception in one that can be read as a rule. */
    public Unreadable(int line, String reason, Set<String> mayDrop) {
      this(line, reason, mayDrop, false, Optional.empty());
    }

    /** The same as the whole of a script that is a program. */
    public Unreadable asProgram(Program whole) {
      return new Unreadable(line, reason, mayDrop, isOpaque, Optional.of(whole));
    }
  }

  /**
   * A script that is a program.
   *
   * @param setting the line of settings that would let it be run, for people; empty when nothing is
   *     lacking
   */
  record Program(Optional<String> setting) {
    public Program {
      Objects.requireNonNull(setting);
    }
  }

  /**
   * A constraint to be made.
   *
   * @param kind what it checks; decides the name PostgreSQL gives it
   * @param name its name, or empty when PostgreSQL chooses one
   * @param columns the columns it is declared on, in order; of a check the words of its expression,
   *     which are columns as far as the table has such
   * @param references the table a foreign key points at; empty for every other kind
   */
  record NewConstraint(
      ConstraintKind kind,
      Optional<String> name,
      List<String> columns,
      Optional<QualifiedName> references) {
    public NewConstraint {
      columns = List.copyOf(columns);
    }
  }

  /** The kinds of constraint, with the suffix PostgreSQL uses in names it chooses. */
  enum ConstraintKind {
    PRIMARY_KEY("pkey"),
    UNIQUE("key"),
    FOREIGN_KEY("fkey"),
    CHECK("check"),
    EXCLUSION("excl");

    private final String suffix;

    ConstraintKind(String suffix) {
      this.suffix = suffix;
    }

    public String suffix() {
      return suffix;
    }
  }

  /**
   * An index to be made.
   *
   * @param name its name; empty when PostgreSQL chooses one
   * @param columns plain columns it covers, in order; expressions are left out
   * @param mentions words of its expressions and its predicate, which are columns as far as the
   *     table has such: dropping one drops the index
   */
  record NewIndex(Optional<String> name, List<String> columns, Set<String> mentions) {
    public NewIndex {
      columns = List.copyOf(columns);
      mentions = Set.copyOf(mentions);
    }
  }
}
