package dev.stampguard.catalog;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One schema under the name of another: what scripts make where names without a schema go is the
 * same thing in every schema they are run for.
 *
 * @param schema the schema as it is called
 * @param alias the name to put in its place
 */
public record SchemaAlias(String schema, String alias) {
  private static final String OBJECT_CAST = "::reg";

  public SchemaAlias {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(alias);
  }

  /** The other way round. */
  public SchemaAlias reversed() {
    return new SchemaAlias(alias, schema);
  }

  /** A relation's name; one in another schema stays as it is. */
  public QualifiedName name(QualifiedName name) {
    return name.schema().equals(schema) ? new QualifiedName(alias, name.name()) : name;
  }

  /** An object's name without the types of its arguments, which are text. */
  public ObjectName name(ObjectName name) {
    return switch (name.kind()) {
      case SCHEMA, EXTENSION -> name;
      case TYPE,
          SEQUENCE,
          TABLE,
          COLUMN,
          CONSTRAINT,
          INDEX,
          VIEW,
          MATERIALIZED_VIEW,
          FUNCTION,
          TRIGGER,
          POLICY ->
          name.parts().getFirst().equals(schema)
              ? new ObjectName(name.kind(), renamed(name.parts()), name.arguments())
              : name;
    };
  }

  private List<String> renamed(List<String> parts) {
    return Stream.concat(Stream.of(alias), parts.stream().skip(1)).toList();
  }

  /** A whole object by its name; what is said of it stays as it is. */
  public CatalogObject name(CatalogObject object) {
    return new CatalogObject(
        name(object.name()), object.relation().map(this::name), object.definition());
  }

  /** What is said of an object of the schema: its definition and the types of its arguments. */
  public CatalogObject text(CatalogObject object) {
    ObjectName name = object.name();
    return new CatalogObject(
        new ObjectName(name.kind(), name.parts(), text(name.arguments())),
        object.relation(),
        definition(name.kind(), object.definition()));
  }

  private Definition definition(ObjectKind kind, Definition definition) {
    return switch (definition) {
      case Definition.Existence exists -> exists;
      case Definition.Canonical canonical ->
          new Definition.Canonical(
              kind == ObjectKind.FUNCTION ? head(canonical.text()) : text(canonical.text()),
              canonical.body().map(body -> new Definition.Body(body.major(), text(body.text()))));
    };
  }

  /** A function's body is its author's text, the same in every schema. */
  private String head(String text) {
    int body = text.indexOf("\nAS $");
    return body < 0 ? text(text) : text(text.substring(0, body)) + text.substring(body);
  }

  /**
   * Deparsed SQL in which the schema's name stands before those of its objects. Literals stay as
   * they are, unless they name an object: {@code nextval('s.q'::regclass)}.
   */
  public String text(String sql) {
    if (!sql.contains(schema.replace("\"", "\"\""))) {
      return sql;
    }
    var out = new StringBuilder(sql.length());
    int at = 0;
    while (at < sql.length()) {
      int end = end(sql, at);
      String piece = sql.substring(at, end);
      if (piece.startsWith("'") && sql.startsWith(OBJECT_CAST, end) && piece.length() > 1) {
        out.append('\'').append(text(piece.substring(1, piece.length() - 1))).append('\'');
      } else if (sql.startsWith(".", end) && isName(piece) && !isPart(sql, at)) {
        out.append(Identifiers.quote(alias));
      } else {
        out.append(piece);
      }
      at = end;
    }
    return out.toString();
  }

  private boolean isName(String piece) {
    return piece.startsWith("\"")
        ? piece.equals("\"" + schema.replace("\"", "\"\"") + "\"")
        : piece.equals(schema);
  }

  private static boolean isPart(String sql, int at) {
    return at > 0 && sql.charAt(at - 1) == '.';
  }

  /** The end of a literal, a quoted name, a word, or of one other character. */
  private static int end(String sql, int at) {
    char first = sql.charAt(at);
    if (first == '\'' || first == '"') {
      int end = CanonicalText.skip(sql, at);
      while (end < sql.length() && sql.charAt(end) == first) {
        end = CanonicalText.skip(sql, end);
      }
      return end;
    }
    int end = at + 1;
    if (isWord(first)) {
      while (end < sql.length() && isWord(sql.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
