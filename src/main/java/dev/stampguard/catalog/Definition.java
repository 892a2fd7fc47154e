package dev.stampguard.catalog;

import java.util.Objects;
import java.util.Optional;

/** What is known of an object: that it exists, or its canonical text as well. */
public sealed interface Definition {
  /** The object exists; nothing more is known, so it equals every definition. */
  Definition EXISTS = new Existence();

  /** Whether both may describe the same object; existence alone contradicts nothing. */
  boolean matches(Definition other);

  /**
   * Whether {@link #matches} compares all there is; otherwise a match is no proof: existence alone
   * is known on one side, or bodies were printed by different majors.
   */
  boolean isComparableTo(Definition other);

  /** Whether what may not be there is or is not there on both sides, and matches. */
  static boolean match(Optional<Definition> left, Optional<Definition> right) {
    return left.isPresent() == right.isPresent()
        && (left.isEmpty() || left.get().matches(right.orElseThrow()));
  }

  /** The text every major prints alike, or {@code "exists"} where only existence is known. */
  String text();

  /** The text with the body, where there is one: for a person to read. */
  String fullText();

  /** Known to exist, not compared further. */
  record Existence() implements Definition {
    @Override
    public boolean matches(Definition other) {
      return true;
    }

    @Override
    public boolean isComparableTo(Definition other) {
      return false;
    }

    @Override
    public String text() {
      return "exists";
    }

    @Override
    public String fullText() {
      return text();
    }
  }

  /**
   * A canonical definition.
   *
   * @param text what every major prints alike, with the settings that change it pinned
   * @param body what each major prints its own way; empty for most kinds
   */
  record Canonical(String text, Optional<Body> body) implements Definition {
    public Canonical {
      Objects.requireNonNull(text);
      Objects.requireNonNull(body);
    }

    /** A definition without a body. */
    public Canonical(String text) {
      this(text, Optional.empty());
    }

    @Override
    public boolean matches(Definition other) {
      return switch (other) {
        case Existence e -> true;
        case Canonical c ->
            text.equals(c.text) && (body.equals(c.body) || !comparableBodies(body, c.body));
      };
    }

    @Override
    public boolean isComparableTo(Definition other) {
      return switch (other) {
        case Existence e -> false;
        case Canonical c -> (body.isEmpty() && c.body.isEmpty()) || comparableBodies(body, c.body);
      };
    }

    @Override
    public String fullText() {
      return body.map(b -> text + "\n" + b.text()).orElse(text);
    }

    private static boolean comparableBodies(Optional<Body> left, Optional<Body> right) {
      return left.isPresent() && right.isPresent() && left.get().major() == right.get().major();
    }
  }

  /**
   * The part of a view or of a standard SQL function that is stored parsed and printed anew, each
   * time in the words of the server's major.
   *
   * @param major the major that printed it
   * @param text its text
   */
  record Body(int major, String text) {
    public Body {
      Objects.requireNonNull(text);
    }
  }
}
