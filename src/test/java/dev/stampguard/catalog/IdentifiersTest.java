package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.Query;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class IdentifiersTest {
  /**
   * Quoted here and not by every server: words that became key words, or stopped being unreserved,
   * between 13 and 18. Quoting one too many is harmless; a name that prints alike on every major is
   * worth it.
   */
  private static final Set<String> QUOTED_BY_SOME_MAJORS =
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

  private static final Query<TreeMap<String, String>> KEYWORDS =
      Query.of(
          "SELECT word, quote_ident(word) FROM pg_get_keywords()",
          rows -> {
            var quoted = new TreeMap<String, String>();
            while (rows.next()) {
              quoted.put(rows.getString(1), rows.getString(2));
            }
            return quoted;
          });

  @Test
  void quotesKeywordsAsTheServerDoes() {
    try (var connection = Connectors.open("postgres");
        var transaction = connection.readOnly()) {
      var differing = new TreeSet<String>();
      transaction
          .run(KEYWORDS)
          .forEach(
              (word, quoted) -> {
                if (!Identifiers.quote(word).equals(quoted)) {
                  differing.add(word);
                }
              });
      assertThat(differing).isSubsetOf(QUOTED_BY_SOME_MAJORS);
    }
  }

  @Test
  void quotesOtherNamesAsTheServerDoes() {
    try (var connection = Connectors.open("postgres");
        var transaction = connection.readOnly()) {
      for (String name :
          List.of(
              "plain", "_a1", "1a", "Upper", "with space", "dot.ted", "qu\"ote", "ä", "a$b", "")) {
        String quoted =
            transaction.run(
                Query.of(
                    Query.bind("SELECT quote_ident(?)", List.of(name)),
                    rows -> {
                      rows.next();
                      return rows.getString(1);
                    }));
        assertThat(Identifiers.quote(name)).isEqualTo(quoted);
      }
    }
  }
}
