package dev.stampguard.tool.liquibase;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads YAML and JSON, which say the same in the same words. */
final class TreeChangelog {
  /** What holds elements that mean nothing without it. */
  private static final Set<String> WHOLE =
      Set.of("databaseChangeLog", "preConditions", "rollback", "modifySql");

  private TreeChangelog() {}

  static Node yaml(String text) throws UnreadableChangelogException {
    return read(new YAMLFactory(), text, "it is no YAML");
  }

  static Node json(String text) throws UnreadableChangelogException {
    return read(new JsonFactory(), text, "it is no JSON");
  }

  private static Node read(JsonFactory form, String text, String objection)
      throws UnreadableChangelogException {
    int line = 1;
    try (JsonParser parser = form.createParser(text)) {
      try {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new UnreadableChangelogException(objection, 1);
        }
        Node root = object("", parser);
        return root.children("databaseChangeLog")
            .findFirst()
            .orElseThrow(() -> new UnreadableChangelogException("it holds no changelog", 1));
      } catch (IOException e) {
        line = Math.max(1, parser.currentTokenLocation().getLineNr());
        throw e;
      }
    } catch (IOException e) {
      throw new UnreadableChangelogException(objection, line);
    }
  }

  /** From behind the start of an object. */
  private static Node object(String name, JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    Map<String, String> attributes = new LinkedHashMap<>();
    List<Node> children = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        children.add(object(key, parser));
      } else if (value == JsonToken.START_ARRAY) {
        children.addAll(list(key, parser));
      } else if (value != JsonToken.VALUE_NULL) {
        attributes.put(key, parser.getText());
      }
    }
    return new Node(name, attributes, children, "", line);
  }

  /**
   * Where XML repeats elements there are lists of objects with one key each. Their names count
   * alone, but of what is such a list itself.
   */
  private static List<Node> list(String key, JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    var elements = new ArrayList<Node>();
    var attributes = new LinkedHashMap<String, String>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        Node element = object(key, parser);
        elements.addAll(element.children());
        attributes.putAll(element.attributes());
      } else if (token == JsonToken.START_ARRAY) {
        elements.addAll(list(key, parser));
      } else if (token.isScalarValue()) {
        elements.add(
            new Node(
                key,
                Map.of(),
                List.of(),
                parser.getText(),
                parser.currentTokenLocation().getLineNr()));
      }
    }
    return WHOLE.contains(key)
        ? List.of(new Node(key, attributes, elements, "", line))
        : elements.isEmpty() && !attributes.isEmpty()
            ? List.of(new Node(key, attributes, List.of(), "", line))
            : elements;
  }
}
