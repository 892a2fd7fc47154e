package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.stampguard.repair.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What can be seen of {@code docker/} without an engine; {@code docker/test.sh} builds and runs it.
 */
class DockerFilesTest {
  private static final Path DOCKER = Path.of("docker");
  private static final Pattern COPY = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$");

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void whatIsCopiedIsNotKeptFromTheEngine(String file) throws IOException {
    Set<String> context =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .collect(Collectors.toSet());
    List<String> copied =
        COPY.matcher(Files.readString(DOCKER.resolve(file)))
            .results()
            .map((MatchResult found) -> found.group(1))
            .flatMap(words -> Stream.of(words.split(" ")))
            .toList();
    assertThat(copied).isNotEmpty();
    assertThat(copied)
        .filteredOn(path -> !path.equals("."))
        .allSatisfy(
            path ->
                assertThat(context)
                    .anyMatch(kept -> path.equals(kept) || path.startsWith(kept + "/")));
    // What is not built is there.
    assertThat(copied)
        .filteredOn(path -> !path.startsWith("target/"))
        .allSatisfy(path -> assertThat(Path.of(path)).exists());
  }

  @Test
  void theComposeFileGuardsTheApplication() throws IOException {
    Map<?, ?> services = map(yaml(DOCKER.resolve("compose.yaml")).get("services"));
    assertThat(services.keySet())
        .map(String::valueOf)
        .containsExactly("db", "break", "app", "repaired");
    assertThat(variables(services, "app")).doesNotContainKey("STAMPGUARD_MODE");
    assertThat(variables(services, "repaired"))
        .containsEntry("STAMPGUARD_MODE", "repair")
        .containsKeys("STAMPGUARD_BACKUP_DIRECTORY", "DATABASE_URL");
    assertThat(Stream.of(Strategy.values()).map(one -> one.name().toLowerCase(Locale.ROOT)))
        .contains((String) variables(services, "repaired").get("STAMPGUARD_REPAIR_STRATEGY"));
    // Compose 1.29 reads it too, which knows no `name` and no `version` is needed.
    assertThat(yaml(DOCKER.resolve("compose.yaml")).keySet())
        .map(String::valueOf)
        .containsOnly("x-application", "services", "volumes");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> variables(Map<?, ?> services, String service) {
    return (Map<String, Object>) map(services.get(service)).get("environment");
  }

  @Test
  void theScriptsAreClean() throws IOException {
    var scripts = new ArrayList<String>();
    try (Stream<Path> files = Files.list(DOCKER)) {
      files.map(Path::toString).filter(name -> name.endsWith(".sh")).sorted().forEach(scripts::add);
    }
    assertThat(scripts).hasSize(3);
    if (!isInstalled("shellcheck") && !"true".equals(System.getenv("CI"))) {
      System.err.println("SKIPPED: shellcheck is not installed");
      abort("shellcheck is not installed");
    }
    var command = new ArrayList<>(List.of("shellcheck", "--external-sources"));
    command.addAll(scripts);
    Shell.Result result =
        Shell.run(Path.of("").toAbsolutePath(), Map.of("PATH", System.getenv("PATH")), command);
    assertThat(result.exitCode()).as(result.out()).isZero();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static Map<?, ?> yaml(Path file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }

  private static Map<?, ?> map(Object node) {
    return (Map<?, ?>) node;
  }
}
