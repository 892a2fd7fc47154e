package dev.stampguard.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Names as the server would print them, for definitions that are put together from plain columns,
 * and whether all of it could be told so far.
 */
final class ScannedNames {
  /** Key words of some majors only: whether they are quoted depends on the server. */
  private static final Set<String> SOMETIMES_QUOTED =
      Set.of(
          "json",
          "json_array",
          "json_arrayagg",
          "json_exists",
          "json_object",
          "json_objectagg",
          "json_query",
          "json_scalar",
          "json_serialize",
          "json_table",
          "json_value",
          "merge_action",
          "system_user");

  private final Map<String, String> quoted = new HashMap<>();
  private boolean isWhole = true;

  /** Whether everything so far could be told. */
  boolean isWhole() {
    return isWhole;
  }

  void giveUpIf(boolean cannotTell) {
    isWhole &= !cannotTell;
  }

  String quote(String identifier) {
    String known = quoted.get(identifier);
    if (known == null) {
      giveUpIf(SOMETIMES_QUOTED.contains(identifier));
      known = Identifiers.quote(identifier);
      quoted.put(identifier, known);
    }
    return known;
  }

  String quote(QualifiedName name) {
    return quote(name.schema()) + "." + quote(name.name());
  }
}
