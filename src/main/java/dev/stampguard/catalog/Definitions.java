package dev.stampguard.catalog;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.ServerVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes definitions of what PostgreSQL printed; one of each, for most columns are like others. */
final class Definitions {
  private final String database;
  private final ServerVersion version;
  private final Map<String, Definition> withoutBody = new HashMap<>();

  /**
   * @param database what is read, for messages
   * @param version of its server
   */
  Definitions(String database, ServerVersion version) {
    this.database = database;
    this.version = version;
  }

  /**
   * A definition.
   *
   * @param text as printed; null when what it names went away meanwhile
   * @param body as printed; null where there is none
   * @throws StampguardException (refused, passing) when the schema is changing at this moment
   */
  Definition of(ObjectName name, String text, String body) {
    if (text != null && body == null && name.kind() != ObjectKind.FUNCTION && !isView(name)) {
      Definition known = withoutBody.get(text);
      if (known == null) {
        known = canonical(name, text, null);
        withoutBody.put(text, known);
      }
      return known;
    }
    return canonical(name, text, body);
  }

  private Definition canonical(ObjectName name, String text, String body) {
    // A function's text is its author's, who may write ??? in it.
    boolean gone =
        text == null
            || (name.kind() != ObjectKind.FUNCTION && CanonicalText.namesSomethingGone(text));
    if (gone || (body == null && isView(name))) {
      throw StampguardException.passing(
          ExitCode.REFUSED,
          "the schema of `%s` is changing: `%s` went away while it was read"
              .formatted(database, name),
          "wait for the migration to end with `--wait 30s`");
    }
    return new Definition.Canonical(
        name.kind() == ObjectKind.FUNCTION
            ? CanonicalText.ofFunction(text)
            : CanonicalText.of(text),
        Optional.ofNullable(body)
            .map(b -> new Definition.Body(version.major(), CanonicalText.of(b))));
  }

  private static boolean isView(ObjectName name) {
    return name.kind() == ObjectKind.VIEW || name.kind() == ObjectKind.MATERIALIZED_VIEW;
  }
}
