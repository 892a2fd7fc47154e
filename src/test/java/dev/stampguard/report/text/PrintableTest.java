package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "'\u001b[31m', '\\x1b[31m'",
    "'a\u0000b', 'a\\x00b'",
    "'tab\there', 'tab\\x09here'",
    "'del\u007f', 'del\\x7f'",
    "'csi\u009b2J', 'csi\\x9b2J'",
    "'soft\u00adhyphen', 'soft\\xadhyphen'",
    "'\u202egnp.exe', '\\u202egnp.exe'",
    "'zero\u200bwidth', 'zero\\u200bwidth'",
    "'\u2066isolate\u2069', '\\u2066isolate\\u2069'",
    "'line\u2028end', 'line\\u2028end'",
    "'lone\ud800', 'lone\\ud800'",
    "'tag\udb40\udc41', 'tag\\U000e0041'"
  })
  void escapesWhatATerminalWouldObey(String text, String expected) {
    assertThat(Printable.escape(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Übung", "日本", "e\u0301", "🐘", "\"quoted\" \\ `x`"})
  void leavesWhatCanBeSeen(String text) {
    assertThat(Printable.escape(text)).isSameAs(text);
  }
}
