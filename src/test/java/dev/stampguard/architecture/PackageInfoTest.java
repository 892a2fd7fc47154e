package dev.stampguard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every package says what it is for, and every room tells its reader the rule that binds it. */
class PackageInfoTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/stampguard");
  private static final Pattern SIGHT =
      Pattern.compile("(?:May see|Sees) (?<what>[^.]*)\\.(?:\\s|$)");
  private static final Pattern ROOM = Pattern.compile("\\{@code (\\w+)}");

  static Stream<String> rooms() {
    return Rooms.table().keySet().stream()
        .filter(room -> Files.isDirectory(SOURCES.resolve(room)))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomNamesWhatItMaySee(String room) {
    assertThat(named(room)).isEqualTo(new TreeSet<>(Rooms.table().get(room)));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent))
          .allSatisfy(
              directory -> assertThat(directory.resolve("package-info.java")).isRegularFile());
    }
  }

  /** Reads the sentence: a list of rooms, "every room but" a list, or "no other room". */
  private static Set<String> named(String room) {
    var sentence = SIGHT.matcher(javadoc(room));
    assertThat(sentence.find()).as("package-info of %s says what it may see", room).isTrue();
    String what = sentence.group("what");
    Set<String> listed =
        ROOM.matcher(what)
            .results()
            .map(MatchResult::group)
            .map(code -> ROOM.matcher(code).replaceAll("$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    if (what.startsWith("every room")) {
      var others = new TreeSet<>(Rooms.table().keySet());
      others.removeAll(listed);
      others.remove(room);
      return others;
    }
    if (what.endsWith("and what that may see")) {
      Set.copyOf(listed).forEach(other -> listed.addAll(named(other)));
    }
    return listed;
  }

  private static String javadoc(String room) {
    try {
      return Files.readString(SOURCES.resolve(room).resolve("package-info.java"))
          .replaceAll("\\s*\\n\\s*\\*?/?\\s*", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
