package dev.stampguard.tool.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parser is asked for: nothing outside of the text, and the place of what is wrong. */
class XmlChangelogTest {
  @Test
  void readsElementsAttributesAndText() throws UnreadableChangelogException {
    Node read =
        XmlChangelog.read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a & b -->
            <a xmlns="urn:a" xmlns:b="urn:b" b:c='1' d = "&lt;&#65;&quot;">
              <b:e
                  f="größe"
              />&gt;<![CDATA[<g>&amp;]]>
            </a>
            """);

    assertThat(read.name()).isEqualTo("a");
    assertThat(read.attributes()).isEqualTo(Map.of("c", "1", "d", "<A\""));
    assertThat(read.text().strip()).isEqualTo("><g>&amp;");
    assertThat(read.line()).isEqualTo(3);
    assertThat(read.children())
        .containsExactly(new Node("e", Map.of("f", "größe"), List.of(), "", 6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a SYSTEM \"file:///no/such/file\"><a>x</a>",
        "<!DOCTYPE a [ <!ELEMENT a ANY> ]>\n<a>x</a>",
        "<?look <at> ?this?><a>x</a> and what follows"
      })
  void looksAtNothingBesides(String text) throws UnreadableChangelogException {
    assertThat(XmlChangelog.read(text).text()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "<a>\n",
        "<a>\n<b></a></b>",
        "</a>",
        "<a b=c/>",
        "<a b='1' b='2'/>",
        "<a>\n&nbsp;</a>",
        "<a>\n&</a>",
        "<a>]]></a>",
        "<a><!-- -- --></a>",
        "<a>\n<![CDATA[</a>",
        "<b:a/>",
        "<!DOCTYPE a [ <!ENTITY e SYSTEM \"file:///etc/passwd\"> ]>\n<a>&e;</a>"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> XmlChangelog.read(text))
        .isInstanceOfSatisfying(
            UnreadableChangelogException.class,
            e -> assertThat(e.line()).isEqualTo(text.contains("\n") ? 2 : 1));
  }
}
