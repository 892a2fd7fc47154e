package dev.stampguard.tool.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML in; the same nodes on the same lines as Java's own parser finds, or neither finds any. */
class XmlChangelogTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a/>",
        "<a></a >",
        "<?xml version='1.0'?><a/>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a>\n</a>\n",
        "<!-- < & -> --><?look <at> ?this?><a/><!-- after -->",
        "<a><?look?><!-- - --><b/> text <b>more</b></a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "<!DOCTYPE a [ <!ELEMENT a ANY> ]>\n<a>x</a>",
        "<a b='1' c = \"2\"\n\td='&lt;&#65;&#x42;&quot;&apos;'/>",
        "<a b=' x\ty\nz&#10;&#9;&#13;'/>",
        "<a b='>]]>'>&gt;&amp; ] ]] ></a>",
        "<a><![CDATA[<b>&amp;]]]]><![CDATA[> ]]></a>",
        "<a>\r\nx\ry\r\r\n</a>",
        "<a xmlns='urn:a' xmlns:b='urn:b' b:c='1' xml:lang='en'><b:d/></a>",
        "<a xmlns:b='urn:b'><b:c xmlns:d='urn:d'><d:e b:f='g'/></b:c></a>",
        "<größe größe='größe'>größe 😀</größe>",
        "<_a.b-c:d xmlns:_a.b-c='u'/>",
        "<a/> and & what < follows",
        "<a\n\n\n>\n<b\n/>\n<c/></a>",
        "\n \t<a/>",
      })
  void readsTheSame(String text) throws Exception {
    assertThat(XmlChangelog.read(text)).isEqualTo(reference(text).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "<",
        "<a",
        "<a>",
        "<a><b></a></b>",
        "<a></b>",
        "</a>",
        "<a",
        "<a/",
        "< a/>",
        "<a b/>",
        "<a b=c/>",
        "<a b='1' b='2'/>",
        "<a b='1'c='2'/>",
        "<a b='<'/>",
        "<a b='&'/>",
        "<a b='1/>",
        "<a>&</a>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a>&#x110000;</a>",
        "<a>&#-5;</a>",
        "<a>&#+5;</a>",
        "<a>&#X41;</a>",
        "<a>&#;</a>",
        "<a>]]></a>",
        "<a>\u0001</a>",
        "<a>\uFFFE</a>",
        "<a><!-- -- --></a>",
        "<a><!-- </a>",
        "<a><![CDATA[</a>",
        "<a><?xml version='1.0'?></a>",
        "<a><?</a>",
        " <?xml version='1.0'?><a/>",
        "<![CDATA[x]]><a/>",
        "<?xml?><a/>",
        "<b:a/>",
        "<a b:c='1'/>",
        "<a xmlns:b=''/>",
        "<a xmlns:='x'/>",
        "<a:b:c xmlns:a='x'/>",
        "<a:/>",
        "<1a/>",
        "<a><!DOCTYPE b></a>",
        "<!DOCTYPE a [ <!ENTITY b 'c'> ]><a>&b;</a>",
        "<!DOCTYPE a",
      })
  void refusesTheSame(String text) {
    assertThat(reference(text)).isEmpty();
    assertThatThrownBy(() -> XmlChangelog.read(text))
        .isInstanceOf(UnreadableChangelogException.class)
        .hasMessage("it is no XML");
  }

  @Property(tries = 4000)
  void agrees(@ForAll("documents") String text) {
    assertThat(read(text)).isEqualTo(reference(text));
  }

  /** Texts of which about every second one is XML. */
  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "<b>",
            "</b>",
            "<b>",
            "</b>",
            "<c/>",
            "<c d='e' f=\"&amp;\"/>",
            "<c\nd='\n'>",
            "</c>",
            "text",
            "\n",
            "\r\n",
            "&#10;",
            "&lt;",
            "&x;",
            "]]>",
            "<!--x-->",
            "<?x y?>",
            "<![CDATA[",
            "<![CDATA[<]]>",
            "'",
            "\"",
            " ",
            "<n:b xmlns:n='u'>",
            "</n:b>",
            "<n:c/>",
            "ß");
    return piece
        .list()
        .ofMaxSize(8)
        .map(pieces -> "<a>" + String.join("", pieces) + "</a>")
        .flatMap(
            text ->
                Arbitraries.frequencyOf(
                    Tuple.of(3, Arbitraries.just(text)),
                    Tuple.of(
                        1,
                        Arbitraries.integers()
                            .between(0, text.length() - 1)
                            .map(at -> text.substring(0, at) + text.substring(at + 1)))));
  }

  private static Optional<Node> read(String text) {
    try {
      return Optional.of(XmlChangelog.read(text));
    } catch (UnreadableChangelogException e) {
      return Optional.empty();
    }
  }

  private record Open(
      String name,
      Map<String, String> attributes,
      int line,
      List<Node> children,
      StringBuilder text) {}

  /** As Java's own parser reads it. */
  private static Optional<Node> reference(String text) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      Deque<Open> open = new ArrayDeque<>();
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> open.push(element(reader));
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (!open.isEmpty()) {
              open.element().text().append(reader.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> {
            Open last = open.remove();
            var node =
                new Node(
                    last.name(),
                    last.attributes(),
                    last.children(),
                    last.text().toString(),
                    last.line());
            if (open.isEmpty()) {
              return Optional.of(node);
            }
            open.element().children().add(node);
          }
          default -> {
            // Comments and instructions say nothing.
          }
        }
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  private static Open element(XMLStreamReader reader) {
    var attributes = new LinkedHashMap<String, String>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return new Open(
        reader.getLocalName(),
        attributes,
        reader.getLocation().getLineNumber(),
        new ArrayList<>(),
        new StringBuilder());
  }
}
