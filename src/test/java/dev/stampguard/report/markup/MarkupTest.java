package dev.stampguard.report.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class MarkupTest {
  @Test
  void everyUnitOfTextIsAllowedInXml() throws Exception {
    var all = new StringBuilder();
    for (int unit = 0; unit <= 0xffff; unit++) {
      all.append((char) unit).append('.');
    }
    String document = new Markup().element("a", all.toString(), "b", all.toString()).toString();

    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(document)))
            .getDocumentElement();
    assertThat(root.getTextContent()).contains("<.=.>", "&", "\\ufffe", "\\ud800", "\\x00");
    assertThat(root.getAttribute("b")).isEqualTo(root.getTextContent());
  }

  @Test
  void keepsLinesWhereItIsToldTo() {
    assertThat(new Markup().open("pre").lines("a\tb\r\nc\u001b<").close().toString())
        .isEqualTo("<pre>a    b\nc\\x1b&lt;</pre>");
    assertThat(new Markup().element("p", "a\nb").toString()).isEqualTo("<p>a\\x0ab</p>");
  }

  @Test
  void leavesOutAnAttributeWithoutAValue() {
    assertThat(new Markup().empty("a", "b", null, "c", "").toString()).isEqualTo("<a c=\"\"/>");
  }

  @Test
  void whatIsOpenIsADefect() {
    assertThatThrownBy(() -> new Markup().open("a").toString())
        .isInstanceOf(IllegalStateException.class);
  }
}
