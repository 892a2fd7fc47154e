package dev.stampguard.tool.sql;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.SchemaOperation.ConstraintKind;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the parts of a table's declaration: column definitions and table constraints. */
final class TableParts {
  private static final Set<String> CONSTRAINT_WORDS =
      Set.of("constraint", "primary", "unique", "foreign", "check", "exclude");

  private final List<String> columns = new ArrayList<>();
  private final List<NewConstraint> constraints = new ArrayList<>();

  List<String> columns() {
    return columns;
  }

  List<NewConstraint> constraints() {
    return constraints;
  }

  /** Whether a part that opens with this word is a constraint and no column. */
  static boolean opensConstraint(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && CONSTRAINT_WORDS.contains(token.text());
  }

  void read(List<SqlToken> part) throws UnreadSqlException {
    var cursor = new SqlCursor(part);
    if (cursor.peek().isWord("like")) {
      throw new UnreadSqlException();
    }
    if (opensConstraint(cursor.peek())) {
      constraint(cursor);
    } else {
      column(cursor);
    }
  }

  /** A column with the constraints declared on it. */
  void column(SqlCursor cursor) throws UnreadSqlException {
    String column = cursor.identifier();
    columns.add(column);
    Optional<String> name = Optional.empty();
    while (!cursor.atEnd()) {
      if (cursor.accept("constraint")) {
        name = Optional.of(cursor.identifier());
      } else if (cursor.accept("primary", "key")) {
        name = add(ConstraintKind.PRIMARY_KEY, name, List.of(column));
      } else if (cursor.accept("unique")) {
        name = add(ConstraintKind.UNIQUE, name, List.of(column));
      } else if (cursor.accept("check")) {
        name = add(ConstraintKind.CHECK, name, List.copyOf(words(cursor.group())));
      } else if (cursor.accept("references")) {
        QualifiedName table = cursor.qualifiedName();
        constraints.add(
            new NewConstraint(
                ConstraintKind.FOREIGN_KEY, name, List.of(column), Optional.of(table)));
        name = Optional.empty();
      } else if (cursor.accept("not", "null") || cursor.accept("null")) {
        name = Optional.empty();
      } else if (cursor.peek().isSymbol("(")) {
        cursor.group();
      } else {
        cursor.next();
      }
    }
  }

  private Optional<String> add(ConstraintKind kind, Optional<String> name, List<String> on) {
    constraints.add(new NewConstraint(kind, name, on, Optional.empty()));
    return Optional.empty();
  }

  /** A table constraint, with or without its name. */
  void constraint(SqlCursor cursor) throws UnreadSqlException {
    Optional<String> name =
        cursor.accept("constraint") ? Optional.of(cursor.identifier()) : Optional.empty();
    if (cursor.accept("primary", "key")) {
      add(ConstraintKind.PRIMARY_KEY, name, columns(cursor));
    } else if (cursor.accept("unique")) {
      if (!cursor.accept("nulls", "not", "distinct")) {
        cursor.accept("nulls", "distinct");
      }
      add(ConstraintKind.UNIQUE, name, columns(cursor));
    } else if (cursor.accept("check")) {
      add(ConstraintKind.CHECK, name, List.copyOf(words(cursor.group())));
    } else if (cursor.accept("foreign", "key")) {
      List<String> columns = columns(cursor);
      cursor.expect("references");
      constraints.add(
          new NewConstraint(
              ConstraintKind.FOREIGN_KEY, name, columns, Optional.of(cursor.qualifiedName())));
    } else if (cursor.accept("exclude")) {
      if (cursor.accept("using")) {
        cursor.identifier();
      }
      add(ConstraintKind.EXCLUSION, name, leadingColumns(cursor.group()));
    } else if (!cursor.accept("not", "null")) {
      throw new UnreadSqlException();
    }
  }

  private static List<String> columns(SqlCursor cursor) throws UnreadSqlException {
    return leadingColumns(cursor.group());
  }

  /** The first identifier of each element in a list. */
  private static List<String> leadingColumns(List<SqlToken> list) throws UnreadSqlException {
    var columns = new ArrayList<String>();
    for (List<SqlToken> element : SqlCursor.splitAtCommas(list)) {
      columns.add(new SqlCursor(element).identifier());
    }
    return columns;
  }

  /** Every identifier in an expression, in order. */
  static Set<String> words(List<SqlToken> expression) {
    var words = new LinkedHashSet<String>();
    for (SqlToken token : expression) {
      if (token.isIdentifier()) {
        words.add(token.text());
      }
    }
    return words;
  }
}
