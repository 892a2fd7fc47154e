package dev.stampguard.tool.liquibase;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/** Reads XML. Nothing outside of the text is ever looked at, and no entity is expanded. */
final class XmlChangelog {
  private XmlChangelog() {}

  /** An element that is being read. */
  private record Open(
      String name,
      Map<String, String> attributes,
      int line,
      List<Node> children,
      StringBuilder text) {
    Node close() {
      return new Node(name, attributes, children, text.toString(), line);
    }
  }

  static Node read(String text) throws UnreadableChangelogException {
    // Itself, and not what is found by name: Java's own would be a twelfth of the native
    // executable.
    XMLInputFactory factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    try {
      var reader = (XMLStreamReader2) factory.createXMLStreamReader(new StringReader(text));
      Deque<Open> open = new ArrayDeque<>();
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> open.push(element(reader));
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (!open.isEmpty()) {
              open.peek().text().append(reader.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> {
            Node node = open.pop().close();
            if (open.isEmpty()) {
              return node;
            }
            open.peek().children().add(node);
          }
          default -> {
            // Comments and instructions say nothing.
          }
        }
      }
      throw new UnreadableChangelogException("it is no XML", 1);
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
      throw new UnreadableChangelogException("it is no XML", line);
    }
  }

  private static Open element(XMLStreamReader2 reader) {
    var attributes = new LinkedHashMap<String, String>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return new Open(
        reader.getLocalName(),
        attributes,
        Math.max(1, reader.getLocationInfo().getCurrentLocation().getLineNumber()),
        new ArrayList<>(),
        new StringBuilder());
  }
}
