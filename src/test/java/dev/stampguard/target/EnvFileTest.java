package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are what python-dotenv 1.2.2 reads. */
class EnvFileTest {
  private static EnvFile parse(String text) {
    return EnvFile.parse(text, ".env", Map.of());
  }

  private static String value(String text, String key) {
    return parse(text).lookup(key).orElseThrow().value().orElseThrow().text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A=b                 | b
          A = b               | b
          export A=b          | b
          export  A = 'b'     | b
          'A'=b               | b
          A=b # comment       | b
          A=b#no comment      | b#no comment
          A= # no comment     | # no comment
          A='b # c' # d       | b # c
          A='it\\'s \\\\ \\n' | it's \\ \\n
          A="say \\"x\\" \\'" | say "x" '
          A="x\\$y\\z"        | x\\$y\\z
          A=b'c"d             | b'c"d
          A=b\\nc             | b\\nc
          A='b\\'             | b\\
          A=$B                | $B
          A=                  | ``
          A=''                | ``
          """)
  void readsAValueAsPythonDotenvDoes(String line, String value) {
    assertThat(value(line + "\n", "A")).isEqualTo(value);
    assertThat(value(line, "A")).isEqualTo(value);
    assertThat(value("B=1\r\n" + line + "\r\nC=2\r\n", "A")).isEqualTo(value);
    assertThat(parse(line).warnings()).isEmpty();
  }

  @Test
  void doubleQuotesTakeEveryEscape() {
    assertThat(value("A=\"\\a\\b\\f\\n\\r\\t\\v\\\\\"", "A")).isEqualTo("\u0007\b\f\n\r\t\u000B\\");
  }

  @Test
  void quotedValuesMaySpanLinesAndLoseTheirCarriageReturns() {
    var file = parse("A=\"one\r\ntwo\"\r\nB='three\n\nfour'\nC=5\n");

    assertThat(file.lookup("A").orElseThrow().value().orElseThrow().text()).isEqualTo("one\ntwo");
    assertThat(file.lookup("B").orElseThrow().value().orElseThrow().text())
        .isEqualTo("three\n\nfour");
    assertThat(file.entries()).extracting(EnvFile.Entry::line).containsExactly(1, 3, 6);
  }

  @Test
  void variablesExpandInEveryQuotingStyleAndTheEnvironmentWins() {
    var file =
        EnvFile.parse(
            """
            HOST=file
            PLAIN=${HOST}:${PORT:-5432}
            SINGLE='${HOST}'
            DOUBLE="${NAME}${MISSING}"
            NAME=late
            EMPTY=${BLANK:-not used}
            KEY
            OF_KEY=<${KEY:-not used}>
            ODD=${HOST:?x}
            """,
            ".env",
            Map.of("HOST", "process", "BLANK", ""));

    assertThat(file.over(Map.of()))
        .containsEntry("HOST", "file")
        .containsEntry("PLAIN", "process:5432")
        .containsEntry("SINGLE", "process")
        .containsEntry("DOUBLE", "")
        .containsEntry("EMPTY", "")
        .containsEntry("OF_KEY", "<>")
        .containsEntry("ODD", "${HOST:?x}")
        .doesNotContainKey("KEY");
  }

  @Test
  void theProcessEnvironmentLiesOverTheFile() {
    var file = parse("A=1\nB=2\nB\n");

    assertThat(file.over(Map.of("A", "0", "C", "3"))).isEqualTo(Map.of("A", "0", "C", "3"));
  }

  @Test
  void theLastOfARepeatedKeyCountsAndIsWarnedAbout() {
    var file = parse("A=1\n# A=2\nA=3\n\nA=secret\n");

    assertThat(file.lookup("A").orElseThrow().line()).isEqualTo(5);
    assertThat(file.warnings())
        .containsExactly(
            "`.env:3` sets `A` again after line 1; the last one counts",
            "`.env:5` sets `A` again after line 3; the last one counts");
  }

  @Test
  void aKeyWithoutEqualsUnsetsAnEarlierOne() {
    assertThat(parse("A=1\nA\n").lookup("A")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A="hunter2
          A='hunter2' junk
          =hunter2
          hunter2 hunter2
          ''=hunter2
          """)
  void aLineThatCannotBeReadIsNamedAndNeverRepeated(String line) {
    var file = parse("\n# first\n" + line + "\nB=2\n");

    assertThat(file.warnings())
        .containsExactly("`.env:3` cannot be read as `KEY=value` and is skipped");
    assertThat(file.entries()).extracting(EnvFile.Entry::key).containsExactly("B");
  }

  @Test
  void aByteOrderMarkIsSkippedAndWarnedAboutWhereItHidesAKey() {
    var file = parse("\uFEFFA=1\nB=2\n");

    assertThat(file.entries()).extracting(EnvFile.Entry::key).containsExactly("A", "B");
    assertThat(file.warnings())
        .containsExactly(
            "`.env` starts with a byte order mark, which python-dotenv takes for part of the first"
                + " key");
    assertThat(parse("\uFEFF# comment\nA=1\n").warnings()).isEmpty();
  }

  @Test
  void aValueKnowsItsCharacters() {
    String text = "\uFEFF# c\r\nexport A = 'b c' # d\r\nD=e f  # g\nH=\nI";
    var file = parse(text);

    assertThat(file.entries())
        .extracting(
            entry ->
                entry
                    .value()
                    .map(value -> text.substring(value.start(), value.end()))
                    .orElse("none"))
        .containsExactly("'b c'", "e f", "", "none");
  }

  @Test
  void nothingOfAValuePrints() {
    var file = parse("A=hunter2\n");

    assertThat(file + " " + file.entries()).doesNotContain("hunter2");
  }

  @Test
  void aFileThatIsNotUtf8IsRefused(@TempDir Path directory) throws IOException {
    Path file = directory.resolve(".env");
    Files.write(file, "A=pässword".getBytes(StandardCharsets.ISO_8859_1));

    var failure =
        catchThrowableOfType(StampguardException.class, () -> EnvFile.read(file, ".env", Map.of()));

    assertThat(failure).hasMessage("`.env` is not UTF-8 text");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
