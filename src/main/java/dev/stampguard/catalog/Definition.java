package dev.stampguard.catalog;

import java.util.Objects;

/** What is known of an object: that it exists, or its canonical text as well. */
public sealed interface Definition {
  /** The object exists; nothing more is known, so it equals every definition. */
  Definition EXISTS = new Existence();

  /** Whether both may describe the same object; existence alone contradicts nothing. */
  boolean matches(Definition other);

  /** The canonical text, or {@code "exists"} where only existence is known. */
  String text();

  /** Known to exist, not compared further. */
  record Existence() implements Definition {
    @Override
    public boolean matches(Definition other) {
      return true;
    }

    @Override
    public String text() {
      return "exists";
    }
  }

  /**
   * A canonical definition.
   *
   * @param text PostgreSQL's own deparsed text with the settings that change it pinned
   */
  record Canonical(String text) implements Definition {
    public Canonical {
      Objects.requireNonNull(text);
    }

    @Override
    public boolean matches(Definition other) {
      return switch (other) {
        case Existence e -> true;
        case Canonical c -> text.equals(c.text);
      };
    }
  }
}
