package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.Definition.Body;
import dev.stampguard.catalog.Definition.Canonical;
import dev.stampguard.catalog.Definition.Existence;
import java.util.Optional;

/**
 * A definition as fields of a line: its hash and its text; {@code hash:18}, text and body where
 * PostgreSQL 18 printed a body in its own words; {@code exists} alone where nothing more is known.
 */
final class DefinitionText {
  private static final String EXISTS = "exists";

  private DefinitionText() {}

  /** The hash, which tells a definition from any other of the same object. */
  static String hash(Definition definition) {
    return switch (definition) {
      case Existence() -> EXISTS;
      case Canonical(String text, Optional<Body> body) ->
          Sha256.shortHex(Sha256.of(body.map(b -> text + "\0" + b.text()).orElse(text)));
    };
  }

  /** All fields, tabs between them. */
  static String write(Definition definition) {
    String hash = hash(definition);
    return switch (definition) {
      case Existence() -> hash;
      case Canonical(String text, Optional<Body> body) ->
          hash
              + body.map(b -> ":" + b.major()).orElse("")
              + "\t"
              + LockText.escape(text)
              + body.map(b -> "\t" + LockText.escape(b.text())).orElse("");
    };
  }

  /**
   * Reads the fields back. The hash is not computed again: the revision's digest covers it.
   *
   * @throws IllegalArgumentException when they cannot be understood
   */
  static Definition read(LockLine line) {
    String hash = line.rawField();
    if (hash.equals(EXISTS)) {
      return Definition.EXISTS;
    }
    String text = line.field();
    int colon = hash.indexOf(':');
    return colon < 0
        ? new Canonical(text)
        : new Canonical(
            text, Optional.of(new Body(Integer.parseInt(hash.substring(colon + 1)), line.field())));
  }
}
