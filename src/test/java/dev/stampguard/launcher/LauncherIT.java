package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stampguard.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that {@code ./mvnw package} leaves, started as a user starts it. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of(System.getProperty("stampguard.launcher"));
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home"));

  @TempDir private Path directory;

  @Test
  void endsWithTheProgramsExitCode() {
    assertUsageError(LAUNCHER);
  }

  @Test
  void worksThroughASymbolicLink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("sg"), LAUNCHER);
    assertUsageError(link);
    Files.delete(link);
  }

  @Test
  void worksWhereThePathHasSpaces() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("a directory"), LAUNCHER.getParent());
    assertUsageError(link.resolve(LAUNCHER.getFileName()));
    Files.delete(link);
  }

  /** What is read from disk at a start, and fetched by every pipeline. */
  @Test
  void executableKeepsItsBudget() throws IOException {
    Program.requireNative("its size");
    try (Stream<Path> files = Files.list(LAUNCHER.getParent())) {
      assertThat(files.filter(file -> file.getFileName().toString().endsWith("-runner")))
          .singleElement()
          .satisfies(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(55_000_000));
    }
  }

  /** The build's cache may be copied badly, or belong to jars that have been replaced since. */
  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "cut short", "overwritten", "of other jars"})
  void saysNothingOfACacheThatIsOfNoUse(String state) throws IOException {
    Program.requireJvm("a cache of no use");
    Path copy = directory.resolve("copy");
    copy(LAUNCHER, copy.resolve("stampguard"));
    Path app = LAUNCHER.resolveSibling("quarkus-app");
    try (Stream<Path> files = Files.walk(app)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, copy.resolve("quarkus-app").resolve(app.relativize(file).toString()));
      }
    }
    Optional<Path> cache = cache(copy.resolve("quarkus-app"));
    // On CI the build makes one: a test that then finds none is to fail.
    assumeTrue(cache.isPresent() || "true".equals(System.getenv("CI")), "this build made no cache");
    byte[] content = Files.readAllBytes(cache.get());
    switch (state) {
      case "missing" -> Files.delete(cache.get());
      case "empty" -> Files.write(cache.get(), new byte[0]);
      case "cut short" -> Files.write(cache.get(), Arrays.copyOf(content, content.length / 2));
      case "overwritten" -> {
        Arrays.fill(content, 0, 4096, (byte) 'x');
        Files.write(cache.get(), content);
      }
      default ->
          Files.setLastModifiedTime(
              copy.resolve("quarkus-app/stampguard-run.jar"), FileTime.fromMillis(0));
    }

    assertUsageError(copy.resolve("stampguard"));
    Shell.Result help =
        Shell.run(directory, ENVIRONMENT, List.of(copy + "/stampguard", "--version"));
    assertThat(help.out()).matches("stampguard .*\\n(commit .*\\n)?runs as .*\\nplatform .*\\n");
    assertThat(help.err()).isEmpty();
    assertThat(help.exitCode()).isZero();
  }

  @Test
  void aNewJdkFindsItsCacheMadeByTheBuild() throws IOException {
    Program.requireJvm("the cache");
    assumeTrue(Runtime.version().feature() >= 24, "older ones keep class data only");
    assertThat(cache(LAUNCHER.resolveSibling("quarkus-app"))).isPresent();
  }

  private static Optional<Path> cache(Path app) throws IOException {
    try (Stream<Path> files = Files.list(app)) {
      return files
          .filter(file -> file.toString().endsWith(".aot") || file.toString().endsWith(".jsa"))
          .findFirst();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void assertUsageError(Path launcher) {
    Shell.Result result =
        Shell.run(directory, ENVIRONMENT, List.of(launcher.toString(), "--no-such-option"));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
  }
}
