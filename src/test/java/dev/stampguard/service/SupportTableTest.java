package dev.stampguard.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSupport;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README's table of tools is what the code says of them; {@code -Dgolden.update=true} writes it
 * anew.
 */
class SupportTableTest {
  private static final Path README = Path.of("README.md");
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final String BEGIN = "<!-- tools: made by SupportTableTest -->\n";
  private static final String END = "<!-- end of tools -->\n";
  private static final String HEAD =
      """
      | tool | found by | graph | ledger | checksum | replay | attribution by | `missing` | tested with | failures told |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  /** What a scenario's name begins with in which something fails: a code of the catalogue. */
  private static final String FAILURE = "sg1";

  private final Properties tested = new Properties();

  @Test
  void theReadmeSaysWhatTheCodeSays() throws IOException {
    try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("support/tested.properties"))) {
      tested.load(reader);
    }
    var table = new StringBuilder(HEAD);
    for (MigrationTool tool : KnownTools.all(Map.of())) {
      table.append(row(tool));
    }
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).isGreaterThan(BEGIN.length()).isLessThanOrEqualTo(end);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(README, readme.substring(0, begin) + table + readme.substring(end));
    } else {
      assertThat(readme.substring(begin, end)).isEqualTo(table.toString());
    }
  }

  private String row(MigrationTool tool) throws IOException {
    ToolSupport support = tool.support();
    String name = tool.name();
    assertThat(tested.getProperty(name)).as("what %s was tested with", name).isNotNull();
    return "| "
        + String.join(
            " | ",
            List.of(
                name,
                tool.mark(),
                support.order().label(),
                "`" + support.ledger() + "`",
                support.checksums().label(),
                support.replay().label(),
                support.reading().label(),
                support.missing().label(),
                tested.getProperty(name),
                String.valueOf(failures(tested.getProperty(name + ".scenarios")).size())))
        + " |\n";
  }

  /** Folders or files of scenarios in which something is wrong. */
  private static List<Path> failures(String folder) throws IOException {
    assertThat(folder).isNotNull();
    var failures = new ArrayList<Path>();
    try (Stream<Path> scenarios = Files.list(RESOURCES.resolve(folder))) {
      scenarios
          .filter(path -> path.getFileName().toString().startsWith(FAILURE))
          .forEach(failures::add);
    }
    assertThat(failures).isNotEmpty();
    return failures;
  }
}
