package dev.stampguard.tool.liquibase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads XML as Java's own parser does, which would be a twelfth of the native executable. Nothing
 * outside of the text is ever looked at: a document type is skipped, and no entity is known besides
 * the five of XML itself.
 */
final class XmlChangelog {
  private final XmlText xml;
  private final Deque<Open> open = new ArrayDeque<>();

  private XmlChangelog(String text) {
    this.xml = new XmlText(text);
  }

  /** An element that is being read. */
  private record Open(
      String qualifiedName,
      String name,
      Map<String, String> attributes,
      Set<String> prefixes,
      int line,
      List<Node> children,
      StringBuilder text) {
    Node close() {
      return new Node(name, attributes, children, text.toString(), line);
    }
  }

  /** Reads one up to the end of its outermost element. */
  static Node read(String text) throws UnreadableChangelogException {
    return new XmlChangelog(text).document();
  }

  private Node document() throws UnreadableChangelogException {
    if (xml.skip("<?xml ") || xml.skip("<?xml\n") || xml.skip("<?xml\t")) {
      xml.skipSpace();
      xml.take("version");
      xml.takeUntil("?>");
    }
    while (true) {
      if (open.isEmpty()) {
        xml.skipSpace();
      }
      if (isSkipped()) {
        continue;
      }
      if (!xml.isNext("<")) {
        open().text().append(xml.takeText());
      } else {
        Node document = xml.skip("</") ? closeElement() : openElement();
        if (document != null) {
          return document;
        }
      }
    }
  }

  /** Takes what says nothing, and what is text as it stands. */
  private boolean isSkipped() throws UnreadableChangelogException {
    if (xml.skip("<!--")) {
      xml.takeUntil("--");
      xml.take(">");
    } else if (xml.skip("<?")) {
      if (xml.takeName().equalsIgnoreCase("xml") || !(xml.skipSpace() || xml.isNext("?>"))) {
        throw xml.wrong();
      }
      xml.takeUntil("?>");
    } else if (xml.skip("<![CDATA[")) {
      open().text().append(xml.takeUntil("]]>"));
    } else if (open.isEmpty() && xml.skip("<!DOCTYPE")) {
      skipDocumentType();
    } else {
      return false;
    }
    return true;
  }

  private Open open() throws UnreadableChangelogException {
    if (open.isEmpty()) {
      throw xml.wrong();
    }
    return open.element();
  }

  private void skipDocumentType() throws UnreadableChangelogException {
    boolean isInside = false;
    while (isInside || !xml.skip(">")) {
      if (xml.skip("<!--")) {
        xml.takeUntil("-->");
      } else if (xml.skip("<?")) {
        xml.takeUntil("?>");
      } else if (xml.skip("\"")) {
        xml.takeUntil("\"");
      } else if (xml.skip("'")) {
        xml.takeUntil("'");
      } else if (xml.skip("[")) {
        isInside = true;
      } else if (xml.skip("]")) {
        isInside = false;
      } else {
        xml.takeAny();
      }
    }
  }

  private Node closeElement() throws UnreadableChangelogException {
    if (!xml.takeName().equals(open().qualifiedName())) {
      throw xml.wrong();
    }
    xml.skipSpace();
    xml.take(">");
    return leave();
  }

  private Node openElement() throws UnreadableChangelogException {
    xml.take("<");
    String name = xml.takeName();
    var values = new LinkedHashMap<String, String>();
    while (xml.skipSpace() && !xml.isNext(">") && !xml.isNext("/")) {
      String key = xml.takeName();
      xml.skipSpace();
      xml.take("=");
      xml.skipSpace();
      if (values.put(key, xml.takeValue()) != null) {
        throw xml.wrong();
      }
    }
    boolean isEmpty = xml.skip("/");
    xml.take(">");

    Set<String> prefixes = prefixes(values);
    var attributes = new LinkedHashMap<String, String>();
    for (var value : values.entrySet()) {
      if (!isDeclaration(value.getKey())) {
        attributes.put(localName(value.getKey(), prefixes), value.getValue());
      }
    }
    open.push(
        new Open(
            name,
            localName(name, prefixes),
            attributes,
            prefixes,
            xml.line(),
            new ArrayList<>(),
            new StringBuilder()));
    return isEmpty ? leave() : null;
  }

  /** Ends the innermost element; it comes back when it is the whole document. */
  private Node leave() {
    Node node = open.remove().close();
    if (open.isEmpty()) {
      return node;
    }
    open.element().children().add(node);
    return null;
  }

  private static boolean isDeclaration(String key) {
    return key.equals("xmlns") || key.startsWith("xmlns:");
  }

  /** The prefixes that have a namespace inside of an element with these attributes. */
  private Set<String> prefixes(Map<String, String> values) throws UnreadableChangelogException {
    Set<String> outside = open.isEmpty() ? Set.of("xml") : open.element().prefixes();
    Set<String> prefixes = outside;
    for (var value : values.entrySet()) {
      if (value.getKey().startsWith("xmlns:")) {
        if (value.getValue().isEmpty()) {
          throw xml.wrong();
        }
        prefixes = prefixes == outside ? new HashSet<>(outside) : prefixes;
        prefixes.add(localName(value.getKey(), Set.of("xmlns")));
      }
    }
    return prefixes;
  }

  private String localName(String name, Set<String> prefixes) throws UnreadableChangelogException {
    int colon = name.indexOf(':');
    if (colon <= 0) {
      return name;
    }
    String local = name.substring(colon + 1);
    if (local.isEmpty() || local.contains(":") || !prefixes.contains(name.substring(0, colon))) {
      throw xml.wrong();
    }
    return local;
  }
}
