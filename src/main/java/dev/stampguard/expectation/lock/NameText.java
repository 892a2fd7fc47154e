package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads names back from the contract's spelling, which is how {@link ObjectName} and {@link
 * QualifiedName} print themselves.
 */
final class NameText {
  private static final Map<String, ObjectKind> KINDS =
      Arrays.stream(ObjectKind.values())
          .collect(Collectors.toUnmodifiableMap(ObjectKind::label, Function.identity()));

  private final String text;
  private int at;

  private NameText(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /**
   * An object name such as {@code column public.users.email}.
   *
   * @throws IllegalArgumentException when the text is none
   */
  static ObjectName object(String text) {
    int blank = text.indexOf(' ');
    ObjectKind kind = blank < 0 ? null : KINDS.get(text.substring(0, blank));
    if (kind == null) {
      throw new IllegalArgumentException("no kind of object");
    }
    return new NameText(text, blank + 1).rest(kind);
  }

  /**
   * A relation's name such as {@code public."Users"}.
   *
   * @throws IllegalArgumentException when the text is none
   */
  static QualifiedName relation(String text) {
    var name = new NameText(text, 0);
    String schema = name.part();
    name.expect('.');
    var relation = new QualifiedName(schema, name.part());
    name.expectEnd();
    return relation;
  }

  private ObjectName rest(ObjectKind kind) {
    return switch (kind) {
      case SCHEMA, EXTENSION -> ended(kind, List.of(part()));
      case TYPE, SEQUENCE, TABLE, INDEX, VIEW, MATERIALIZED_VIEW -> ended(kind, two());
      case COLUMN, CONSTRAINT, TRIGGER, POLICY -> {
        List<String> relation = two();
        expect('.');
        yield ended(kind, List.of(relation.get(0), relation.get(1), part()));
      }
      case FUNCTION -> {
        List<String> name = two();
        expect('(');
        if (!text.endsWith(")")) {
          throw new IllegalArgumentException("open parenthesis");
        }
        yield new ObjectName(kind, name, text.substring(at, text.length() - 1));
      }
    };
  }

  private ObjectName ended(ObjectKind kind, List<String> parts) {
    expectEnd();
    return new ObjectName(kind, parts, "");
  }

  private List<String> two() {
    String schema = part();
    expect('.');
    return List.of(schema, part());
  }

  private String part() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quotedPart();
    }
    int start = at;
    while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '(') {
      at++;
    }
    return text.substring(start, at);
  }

  private String quotedPart() {
    int start = at + 1;
    int end = text.indexOf('"', start);
    boolean doubled = false;
    while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == '"') {
      doubled = true;
      end = text.indexOf('"', end + 2);
    }
    if (end < 0) {
      throw new IllegalArgumentException("open quote");
    }
    at = end + 1;
    String part = text.substring(start, end);
    return doubled ? part.replace("\"\"", "\"") : part;
  }

  private void expect(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw new IllegalArgumentException("no " + c);
    }
    at++;
  }

  private void expectEnd() {
    if (at != text.length()) {
      throw new IllegalArgumentException("more than a name");
    }
  }
}
