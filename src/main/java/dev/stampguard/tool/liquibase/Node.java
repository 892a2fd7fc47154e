package dev.stampguard.tool.liquibase;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A piece of a changelog, whatever language it is written in.
 *
 * @param name what it is, for example {@code createTable}
 * @param attributes its plain values
 * @param children what it holds, in order
 * @param text what it says besides, as it stands
 * @param line 1-based line
 */
record Node(
    String name, Map<String, String> attributes, List<Node> children, String text, int line) {
  Node {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
  }

  /** A value that is not empty. */
  Optional<String> value(String key) {
    return Optional.ofNullable(attributes.get(key)).filter(value -> !value.isEmpty());
  }

  /** A value, or the text of the child that stands for it. */
  Optional<String> valueOrChild(String key) {
    return value(key)
        .or(() -> children(key).map(Node::text).filter(text -> !text.isBlank()).findFirst());
  }

  boolean flag(String key, boolean usual) {
    return value(key).map(value -> value.equalsIgnoreCase("true")).orElse(usual);
  }

  Stream<Node> children(String wanted) {
    return children.stream().filter(child -> child.name().equals(wanted));
  }
}
