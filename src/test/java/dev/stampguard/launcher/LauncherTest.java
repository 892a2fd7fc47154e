package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher starts; {@link LauncherIT} starts the real program with it. */
class LauncherTest {
  private static final String ALWAYS =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MaxNewSize=32m"
          + " -Djava.util.logging.manager=org.jboss.logmanager.LogManager ";
  private static final String JVM_OPTIONS = ALWAYS + "-Xshare:auto -jar ";

  @TempDir private Path root;
  private FakeMachine machine;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    root = root.toRealPath();
    machine = new FakeMachine(root);
    launcher = machine.install(Path.of("src/main/launcher/stampguard"), "the target/stampguard");
  }

  @Test
  void startsTheJvmBuildAndPassesArgumentsAndExitCode() throws IOException {
    machine.jdk("usr/lib/jvm/jre", "21");
    Files.delete(root.resolve("usr/lib/jvm/jre/bin/javac"));

    assertThat(machine.run(root, launcher.toString(), "check", "--project", "a b"))
        .isEqualTo(
            new Shell.Result(
                7,
                "java of usr/lib/jvm/jre: %s%s/the target/quarkus-app/stampguard-run.jar check --project a b\n"
                    .formatted(JVM_OPTIONS, root),
                ""));
  }

  @Test
  void findsItselfWhicheverWayItIsCalled() throws IOException {
    machine.jdk("usr/lib/jvm/jdk", "25");
    Path relative = Files.createSymbolicLink(root.resolve("bin/sg"), Path.of("../link"));
    Files.createSymbolicLink(root.resolve("link"), launcher);

    assertThat(machine.run(root, relative.toString()).out())
        .contains(root + "/the target/quarkus-app/");
    assertThat(machine.run(launcher.getParent(), "./stampguard").out())
        .contains(" ./quarkus-app/stampguard-run.jar");
    assertThat(machine.run(launcher.getParent(), "sh", "stampguard").out())
        .contains(" ./quarkus-app/stampguard-run.jar");
  }

  @Test
  void usesTheCacheOfThisVeryJdk() throws IOException {
    machine.jdk("usr/lib/jvm/jdk", "25.0.3");
    Path app = Files.createDirectories(launcher.resolveSibling("quarkus-app"));
    Files.writeString(app.resolve("stampguard-25.0.3+9-FAKE.aot"), "a cache");

    assertThat(machine.run(root, launcher.toString(), "check", "a b").out())
        .isEqualTo(
            "java of usr/lib/jvm/jdk: %1$s-XX:AOTCache=%2$s/stampguard-25.0.3+9-FAKE.aot -Xlog:disable -jar %2$s/stampguard-run.jar check a b\n"
                .formatted(ALWAYS, app));
  }

  @Test
  void usesTheClassDataOfThisVeryJdk() throws IOException {
    machine.jdk("usr/lib/jvm/jdk", "21.0.7");
    Path app = Files.createDirectories(launcher.resolveSibling("quarkus-app"));
    Files.writeString(app.resolve("stampguard-21.0.7+9-FAKE.jsa"), "an archive");

    assertThat(machine.run(root, launcher.toString(), "check").out())
        .contains(
            ALWAYS
                + "-Xshare:auto -XX:SharedArchiveFile=%1$s/stampguard-21.0.7+9-FAKE.jsa -Xlog:disable -jar %1$s/stampguard-run.jar check"
                    .formatted(app));
  }

  @Test
  void leavesTheCacheOfAnotherJdkAlone() throws IOException {
    machine.jdk("usr/lib/jvm/jdk", "25.0.4");
    Path app = Files.createDirectories(launcher.resolveSibling("quarkus-app"));
    Files.writeString(app.resolve("stampguard-25.0.3+9-FAKE.aot"), "a cache");
    Files.writeString(app.resolve("stampguard-.aot"), "of nobody");

    assertThat(machine.run(root, launcher.toString(), "check").out())
        .isEqualTo(
            "java of usr/lib/jvm/jdk: %s%s/stampguard-run.jar check\n".formatted(JVM_OPTIONS, app));
  }

  @Test
  void prefersTheNativeExecutableAndNeedsNoJavaThen() throws IOException {
    Shell.script(
        launcher.resolveSibling("stampguard-1.2.3-runner"),
        "#!/bin/sh\necho \"native: $*\"\nexit 3\n");

    assertThat(machine.run(root, launcher.toString(), "check"))
        .isEqualTo(new Shell.Result(3, "native: check\n", ""));
  }

  @Test
  void withoutNewJavaItSaysOneSentenceAndEndsAsUsageError() throws IOException {
    machine.jdk("opt/jdk-17", "17");

    assertThat(machine.run(root, launcher.toString(), "check"))
        .isEqualTo(
            new Shell.Result(
                2,
                "",
                "stampguard: needs Java 21 or newer, and neither JAVA_HOME, PATH nor the usual"
                    + " directories have it\n"));
  }
}
