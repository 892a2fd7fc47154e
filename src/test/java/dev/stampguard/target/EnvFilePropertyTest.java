package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EnvFilePropertyTest {
  private static final String SEED = "20251023";

  @Property(seed = SEED, tries = 500)
  void singleQuotedValuesComeBack(
      @ForAll("variables") Map<String, String> variables, @ForAll("lineEnds") String lineEnd) {
    var text = new StringBuilder();
    variables.forEach(
        (key, value) -> text.append(key).append('=').append(singleQuoted(value)).append(lineEnd));

    assertThat(read(text)).isEqualTo(variables);
  }

  @Property(seed = SEED, tries = 500)
  void doubleQuotedValuesComeBack(
      @ForAll("variables") Map<String, String> variables, @ForAll("lineEnds") String lineEnd) {
    var text = new StringBuilder();
    variables.forEach(
        (key, value) ->
            text.append("export ")
                .append(key)
                .append(" = \"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append("\" # comment")
                .append(lineEnd));

    assertThat(read(text)).isEqualTo(variables);
  }

  @Property(seed = SEED, tries = 500)
  void plainValuesComeBack(
      @ForAll("plainVariables") Map<String, String> variables, @ForAll("lineEnds") String lineEnd) {
    var text = new StringBuilder();
    variables.forEach(
        (key, value) -> text.append(key).append('=').append(value).append(" #c").append(lineEnd));

    assertThat(read(text)).isEqualTo(variables);
  }

  @Property(seed = SEED, tries = 1000)
  void anyTextIsReadAndItsRangesLieInIt(@ForAll("anyText") String text) {
    var file = EnvFile.parse(text, ".env", Map.of());

    assertThat(file.entries())
        .allSatisfy(
            entry ->
                entry
                    .value()
                    .ifPresent(
                        value ->
                            assertThat(value.start())
                                .isBetween(0, value.end())
                                .isLessThanOrEqualTo(text.length())));
  }

  private static Map<String, String> read(CharSequence text) {
    var file = EnvFile.parse(text.toString(), ".env", Map.of());
    assertThat(file.warnings()).isEmpty();
    var values = new LinkedHashMap<String, String>();
    file.entries().forEach(entry -> values.put(entry.key(), entry.value().orElseThrow().text()));
    return values;
  }

  private static String singleQuoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /**
   * What neither an expansion nor python-dotenv's reading of a backslash before a quote changes.
   */
  private static boolean survivesQuoting(String value) {
    return !value.contains("${") && !value.endsWith("\\") && !value.matches("(?s).*\\\\['\"].*");
  }

  @Provide
  Arbitrary<Map<String, String>> variables() {
    Arbitrary<String> values =
        Arbitraries.strings()
            .withChars("ab 01=#'\"\\$}{:\n\t@/üß€")
            .ofMaxLength(20)
            .filter(EnvFilePropertyTest::survivesQuoting);
    return Arbitraries.maps(keys(), values).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Map<String, String>> plainVariables() {
    Arbitrary<String> values =
        Arbitraries.strings()
            .withChars("ab 01='\"\\$:@/?&%üß€")
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(value -> value.strip().equals(value) && !value.matches("['\"].*"));
    return Arbitraries.maps(keys(), values).ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.of("A", "B", "=", "'", "\"", "\\", "#", " ", "\n", "\r\n", "${A}", "export ")
        .list()
        .ofMaxSize(20)
        .map(tokens -> String.join("", tokens));
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n");
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withCharRange('A', 'Z')
        .withChars('_')
        .ofMinLength(1)
        .ofMaxLength(10);
  }
}
