package dev.stampguard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Numbers look the same wherever the program runs: {@code %d} writes the digits of the machine's
 * language, in SQL as well, and first loads what is known of it, which takes longer than the rest
 * of a native start. So it is {@code %s}, or the root locale is named.
 */
class NumbersTest {
  private static final Path CODE = Path.of("src/main/java");
  private static final Path SQL = Path.of("src/main/resources/sql");

  private static final Pattern IN_NO_LANGUAGE =
      Pattern.compile("format\\(\\s*Locale\\.ROOT,\\s*\"[^\"]*\"");
  private static final Pattern CONVERSION =
      Pattern.compile("%(\\d+\\$)?[-#+ 0,(]*\\d*(\\.\\d+)?[defgEG]");

  static Stream<Path> sources() {
    return Stream.of(CODE, SQL);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void areFormattedInNoLanguage(Path directory) throws IOException {
    var localized = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        localized.addAll(in(Files.readString(file)).stream().map(m -> file + ": " + m).toList());
      }
    }
    assertThat(localized).isEmpty();
  }

  @Test
  void wouldBeFound() {
    assertThat(in("\"%d rows, %dpx\".formatted(n, n)")).containsExactly("%d", "%d");
    assertThat(in("String.format(\"%1$02d\", n)")).containsExactly("%1$02d");
    assertThat(in("String.format(Locale.ROOT, \"%d of %.1f\", n, f); \"%s\".formatted(n)"))
        .isEmpty();
  }

  private static List<String> in(String source) {
    return CONVERSION
        .matcher(IN_NO_LANGUAGE.matcher(source).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
