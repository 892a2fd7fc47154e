package dev.stampguard.tool.code;

import java.util.Objects;
import java.util.Set;

/**
 * How a library's migrations in JavaScript run SQL.
 *
 * @param paths what stands between the name of what {@code up} is given and the text, such as
 *     {@code schema.raw}
 * @param options keys of an object behind the text that change nothing in it
 * @param hasPlaceholders whether a question mark in the text may stand for something else
 */
public record JavaScriptCalls(Set<String> paths, Set<String> options, boolean hasPlaceholders) {
  public JavaScriptCalls {
    paths = Set.copyOf(paths);
    options = Set.copyOf(options);
    Objects.requireNonNull(options);
  }
}
