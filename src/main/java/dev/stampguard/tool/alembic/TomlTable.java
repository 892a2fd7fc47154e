package dev.stampguard.tool.alembic;

import dev.stampguard.tool.FlatSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code [tool.alembic]} of a {@code pyproject.toml}, which Alembic 1.16 and up read. */
final class TomlTable {
  private static final String NAME = "tool.alembic";

  private final Map<String, List<String>> values;

  private TomlTable(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the table.
   *
   * @param text the whole file
   * @param here what {@code %(here)s} stands for
   * @return empty when the file has no such table
   * @throws IOException when the text is not TOML
   */
  static Optional<TomlTable> parse(String text, String here) throws IOException {
    if (!text.contains("alembic")) {
      return Optional.empty();
    }
    FlatSettings all = FlatSettings.toml(text);
    if (!all.tables().contains(NAME)) {
      return Optional.empty();
    }
    var values = new HashMap<String, List<String>>();
    all.values()
        .forEach(
            (key, strings) -> {
              if (key.startsWith(NAME + ".")) {
                values.put(
                    key.substring(NAME.length() + 1),
                    strings.stream().map(value -> fill(value, here)).toList());
              }
            });
    return Optional.of(new TomlTable(values));
  }

  private static String fill(String value, String here) {
    return value.replace("%(here)s", here).replace("%%", "%");
  }

  /** A key's strings: the elements of a list, or the one value. */
  Optional<List<String>> strings(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
