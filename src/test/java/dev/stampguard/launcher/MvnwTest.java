package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mvnw} chooses on machines with this and that installed. */
class MvnwTest {
  private static final Path MVNW = Path.of("mvnw");
  private static final Path LAUNCHER = Path.of("src/main/launcher/stampguard");

  @TempDir private Path root;
  private FakeMachine machine;
  private Path project;
  private Path mvnw;

  @BeforeEach
  void install() throws IOException {
    root = root.toRealPath();
    machine = new FakeMachine(root);
    mvnw = machine.install(MVNW, "a project/mvnw");
    project = mvnw.getParent();
  }

  @Test
  void javaHomeWinsWhenItIsNewEnough() throws IOException {
    Path jdk = machine.jdk("somewhere/jdk", "21.0.9");
    machine.jdk("usr/lib/jvm/jdk-25", "25");
    mavenOnPath("3.9.9");

    assertThat(machine.with("JAVA_HOME", jdk).run(root, mvnw.toString(), "verify", "-Dx=a b").out())
        .isEqualTo("maven 3.9.9 on %s: -f %s/pom.xml verify -Dx=a b%n".formatted(jdk, project));
  }

  @Test
  void javaOnPathIsFollowedThroughItsLinks() throws IOException {
    Path jdk = machine.jdk("strange/jdk", "21");
    machine.jdk("usr/lib/jvm/jdk-25", "25");
    Files.createSymbolicLink(root.resolve("alternative"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(machine.bin().resolve("java"), Path.of("../alternative"));
    mavenOnPath("3.8.6");

    assertThat(machine.with("JAVA_HOME", machine.jdk("old", "17.0.15")).run(root, mvnw()).out())
        .contains(" on " + root.resolve("bin/../strange/jdk").normalize());
  }

  @Test
  void shimOnPathIsAskedWhereItsJavaIs() throws IOException {
    Path jdk = machine.jdk("managed/jdk", "23");
    Shell.script(
        machine.bin().resolve("java"), "#!/bin/sh\necho '    java.home = %s' >&2\n".formatted(jdk));
    mavenOnPath("3.8.7");

    assertThat(machine.run(root, mvnw()).out()).contains(" on " + jdk + ":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/jvm/a",
        "usr/local/openjdk-26",
        "usr/local/opt/openjdk@26/libexec/openjdk.jdk/Contents/Home",
        "opt/jdk",
        "opt/homebrew/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
        "Library/Java/JavaVirtualMachines/temurin-26.jdk/Contents/Home",
        "home/.sdkman/candidates/java/26-tem"
      })
  void newestOfTheUsualPlacesIsFound(String place) throws IOException {
    machine.jdk("usr/lib/jvm/b-8", "1.8.0_452");
    machine.jdk("usr/lib/jvm/b-21", "21.0.9");
    machine.jdk("opt/jdk-25", "25.0.3");
    Path newest = machine.jdk(place, "26-ea");
    mavenOnPath("3.9.11");

    assertThat(machine.run(root, mvnw()).out()).contains(" on " + newest + ":");
  }

  @Test
  void withoutNewJdkItSaysOneSentence() throws IOException {
    machine.jdk("usr/lib/jvm/jdk-17", "17.0.15");
    Path runtimeOnly = machine.jdk("usr/lib/jvm/jre-25", "25");
    Files.delete(runtimeOnly.resolve("bin/javac"));

    assertThat(machine.with("JAVA_HOME", machine.jdk("old", "11.0.2")).run(root, mvnw()))
        .isEqualTo(
            new Shell.Result(
                1,
                "",
                "mvnw: needs a JDK 21 or newer, and neither JAVA_HOME, PATH nor the usual"
                    + " directories have one\n"));
  }

  @Test
  void worksThroughLinksAndFromOtherDirectories() throws IOException {
    machine.jdk("usr/lib/jvm/jdk", "21");
    mavenOnPath("3.9.0");
    Path link = Files.createSymbolicLink(root.resolve("bin/build"), Path.of("../other"));
    Files.createSymbolicLink(root.resolve("other"), Path.of("a project/mvnw"));

    assertThat(machine.run(root.resolve("home"), link.toString()).out())
        .endsWith("-f " + project + "/pom.xml\n");
    assertThat(machine.run(project, "./mvnw").out()).endsWith("-f " + project + "/pom.xml\n");
    assertThat(machine.run(project, "sh", "mvnw").out()).endsWith("-f " + project + "/pom.xml\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.6.3", "3.8.5", "4.0.0-rc-5", "nonsense"})
  void otherMavenIsFetchedOnceAndKept(String onPath) throws Exception {
    machine.jdk("usr/lib/jvm/jdk", "21");
    mavenOnPath(onPath);
    offer(checksum(archive("9.9.9")));
    String fetched = "maven 9.9.9 on ";

    Shell.Result first = machine.run(root, mvnw());
    assertThat(first.out()).startsWith(fetched);
    assertThat(first.err()).isEqualTo("mvnw: fetching apache-maven-9.9.9\n");

    Files.delete(root.resolve("apache-maven-9.9.9-bin.tar.gz"));
    Shell.Result second = machine.run(root, mvnw());
    assertThat(second.out()).startsWith(fetched);
    assertThat(second.err()).isEmpty();
    assertThat(root.resolve("home/.m2/wrapper/dists"))
        .isDirectoryNotContaining("glob:**/partial.*");
  }

  @Test
  void wrongChecksumLeavesNothingBehind() throws Exception {
    machine.jdk("usr/lib/jvm/jdk", "21");
    archive("9.9.9");
    offer("0".repeat(128));

    Shell.Result result = machine.with("MAVEN_USER_HOME", root.resolve("m2")).run(root, mvnw());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith("9-bin.tar.gz` does not have the checksum that is expected of it\n");
    assertThat(root.resolve("m2/wrapper/dists")).isEmptyDirectory();
  }

  @Test
  void unreachableArchiveIsOneSentence() throws Exception {
    machine.jdk("usr/lib/jvm/jdk", "21");
    offer("0".repeat(128));

    Shell.Result result = machine.run(root, mvnw());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).endsWith("apache-maven-9.9.9-bin.tar.gz` cannot be fetched\n");
    assertThat(root.resolve("home/.m2/wrapper/dists")).isEmptyDirectory();
  }

  @Test
  void ownPropertiesNameAnArchiveAndItsChecksum() throws IOException {
    assertThat(Files.readAllLines(Path.of(".mvn/wrapper/maven-wrapper.properties")))
        .anyMatch(line -> line.matches("distributionUrl=https://.*/apache-maven-.*-bin\\.tar\\.gz"))
        .anyMatch(line -> line.matches("distributionSha512Sum=[0-9a-f]{128}"));
  }

  @Test
  void bothScriptsFindTheirJdkByTheSameLines() throws IOException {
    assertThat(jdkSearch(MVNW)).isNotEmpty().isEqualTo(jdkSearch(LAUNCHER));
  }

  private static String jdkSearch(Path script) throws IOException {
    String text = Files.readString(script);
    return text.substring(text.indexOf("# --- find a JDK"), text.indexOf("# --- found ---"));
  }

  private String mvnw() {
    return mvnw.toString();
  }

  private void mavenOnPath(String version) throws IOException {
    Shell.script(machine.bin().resolve("mvn"), FakeMachine.maven(version));
  }

  private Path archive(String version) throws IOException {
    String name = "apache-maven-" + version;
    Shell.script(root.resolve("pack").resolve(name).resolve("bin/mvn"), FakeMachine.maven(version));
    Path archive = root.resolve(name + "-bin.tar.gz");
    Shell.Result packed =
        Shell.run(
            root,
            Map.of("PATH", machine.bin().toString()),
            List.of("tar", "-czf", archive.toString(), "-C", root + "/pack", name));
    assertThat(packed.exitCode()).as(packed.err()).isZero();
    return archive;
  }

  private void offer(String checksum) throws IOException {
    Path properties = project.resolve(".mvn/wrapper/maven-wrapper.properties");
    Files.createDirectories(properties.getParent());
    Files.writeString(
        properties,
        """
        # a comment
        distributionUrl=file://%s/apache-maven-9.9.9-bin.tar.gz
        distributionSha512Sum=%s
        """
            .formatted(root, checksum));
  }

  private static String checksum(Path file) throws IOException, NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-512");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
