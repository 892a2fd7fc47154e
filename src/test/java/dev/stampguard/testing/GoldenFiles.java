package dev.stampguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole outputs compared with files under {@code src/test/resources/golden}. Run the tests with
 * {@code -Dgolden.update=true} to write the files anew, and review the difference.
 */
public final class GoldenFiles {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");

  private GoldenFiles() {}

  /**
   * Asserts that {@code actual} is exactly what the file holds. The escape character of colours is
   * kept in the file as {@code \e}, so that the file can be read and reviewed.
   *
   * @param name the file below the golden directory, with forward slashes
   */
  public static void assertMatches(String name, String actual) throws IOException {
    Path file = ROOT.resolve(name);
    String visible = actual.replace("\u001b", "\\e");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, visible);
    }
    assertThat(file).as("run with -Dgolden.update=true to write it").exists();
    assertThat(visible).isEqualTo(Files.readString(file));
  }
}
