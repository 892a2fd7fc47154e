package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.InstalledPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** What {@code -Prelease} makes, installed as people install it. */
class ReleaseIT {
  private static final Path RELEASE =
      Path.of(System.getProperty("stampguard.launcher")).resolveSibling("release");

  @TempDir private Path directory;

  @BeforeAll
  static void requireRelease() {
    if (!Files.isReadable(RELEASE.resolve("SHA256SUMS"))) {
      String reason = "The release was NOT tested: build with -Prelease";
      if (System.getenv("CI") != null) {
        Assertions.fail(reason);
      }
      System.err.println("SKIPPED: " + reason);
      throw new TestAbortedException(reason);
    }
  }

  private static Path file(String end) throws IOException {
    try (Stream<Path> files = Files.list(RELEASE)) {
      return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  private Shell.Result run(String... command) {
    return run(Map.of(), command);
  }

  private Shell.Result run(Map<String, String> variables, String... command) {
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TERM", "xterm");
    environment.putAll(variables);
    Shell.Result result = Shell.run(directory, environment, List.of(command));
    assertThat(result.exitCode()).as("%s: %s", List.of(command), result.err()).isZero();
    return result;
  }

  private Path unpack() throws IOException {
    Path prefix = Files.createDirectories(directory.resolve("my prefix"));
    run("tar", "-xzf", file(".tar.gz").toString(), "-C", prefix.toString(), "--strip-components=1");
    return prefix;
  }

  @Test
  void sumsAreRight() {
    String checked = run("sh", "-c", "cd '%s' && sha256sum -c SHA256SUMS".formatted(RELEASE)).out();
    assertThat(checked.lines()).hasSize(2).allMatch(line -> line.endsWith(": OK"));
  }

  @Test
  void archiveIsNamedByWhatIsInIt() throws IOException {
    assertThat(file(".tar.gz").getFileName().toString())
        .matches(
            "stampguard-[0-9.]+(-SNAPSHOT)?-"
                + (Program.isNative() ? "(linux|macos)-\\w+" : "jvm")
                + "\\.tar\\.gz");
  }

  @Test
  void whatIsUnpackedRuns() throws IOException {
    Path prefix = unpack();
    assertThat(files(prefix).map(file -> file.split("/")[0]).distinct())
        .isSubsetOf("bin", "lib", "share");
    String program = prefix.resolve("bin/stampguard").toString();
    assertThat(run(program, "--version")).isEqualTo(new Program(directory).run("--version"));
    assertThat(run(program, "help", "SG102").out()).startsWith("SG102");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(program));
    assertThat(run(link.toString(), "help", "exit-codes").out()).startsWith("exit-codes");
    assertThat(prefix.resolve("share/doc/stampguard/LICENSE"))
        .hasSameTextualContentAs(Path.of("LICENSE"));
  }

  @Test
  void theLineOfTheReadmeInstalls() throws IOException {
    InstalledPrograms.require("curl");
    String line =
        Files.readString(Path.of("README.md"))
            .lines()
            .filter(text -> text.contains("curl -fsSL \"$RELEASES/"))
            .findFirst()
            .orElseThrow();
    var name =
        Pattern.compile("stampguard-(?<version>.+)-(?<form>\\w+-\\w+|jvm)\\.tar\\.gz")
            .matcher(file(".tar.gz").getFileName().toString());
    assertThat(name.matches()).isTrue();
    run(
        Map.of(
            "RELEASES", RELEASE.toUri().toString().replaceFirst("/$", ""),
            "VERSION", name.group("version"),
            "FORM", name.group("form")),
        "sh",
        "-c",
        "set -e; " + line);
    assertThat(run("sh", "-c", "~/.local/bin/stampguard --version").out())
        .startsWith("stampguard " + name.group("version") + "\n");
  }

  @Test
  void shellsFindTheirScripts() throws IOException {
    Path prefix = unpack();
    Path share = prefix.resolve("share");
    Map<String, String> data =
        Map.of(
            "XDG_DATA_DIRS", share + ":/usr/share",
            "PATH", prefix.resolve("bin") + ":" + System.getenv("PATH"));
    InstalledPrograms.require("bash");
    Path loader = Path.of("/usr/share/bash-completion/bash_completion");
    if (Files.exists(loader)) {
      String load = ". " + loader + "; _completion_loader stampguard; complete -p stampguard";
      assertThat(run(data, "bash", "--norc", "-c", load).out())
          .isEqualTo("complete -F _stampguard stampguard\n");
    } else if (System.getenv("CI") != null) {
      Assertions.fail("bash-completion is not installed");
    }
    InstalledPrograms.require("zsh");
    Path functions = share.resolve("zsh/site-functions");
    String line = "autoload -Uz compinit; compinit -u -D; print $_comps[stampguard]";
    assertThat(run("zsh", "-f", "-c", "fpath=('" + functions + "' $fpath); " + line).out())
        .isEqualTo("_stampguard\n");
    InstalledPrograms.require("fish");
    assertThat(run(data, "fish", "-c", "complete -C 'stampguard resto'").out())
        .startsWith("restore\t");
  }

  @Test
  void manFindsThePages() throws IOException {
    InstalledPrograms.require("man");
    Path manual = unpack().resolve("share/man");
    for (String page : List.of("stampguard", "stampguard-check", "stampguard-target-use")) {
      assertThat(run("man", "-M", manual.toString(), "-w", page).out().strip())
          .isEqualTo(manual.resolve("man1/" + page + ".1").toString());
    }
    assertThat(
            run(Map.of("MANWIDTH", "80"), "man", "-M", manual.toString(), "stampguard-check").out())
        .contains("STAMPGUARD-CHECK(1)", "EXIT STATUS");
  }

  @Test
  void debIsInstalledAndRemoved() throws IOException {
    InstalledPrograms.require("dpkg");
    Path root = Files.createDirectories(directory.resolve("root"));
    Path admin = Files.createDirectories(root.resolve("var/lib/dpkg"));
    Files.createDirectories(admin.resolve("info"));
    Files.createDirectories(admin.resolve("updates"));
    Files.writeString(admin.resolve("status"), "");
    String deb = file(".deb").toString();
    var dpkg =
        List.of(
            "dpkg",
            "--root=" + root,
            "--force-not-root",
            "--force-script-chrootless",
            "--log=/dev/null");

    run(with(dpkg, "--install", deb));
    assertThat(run(root + "/usr/bin/stampguard", "--version"))
        .isEqualTo(new Program(directory).run("--version"));
    assertThat(files(root.resolve("usr")))
        .contains(
            "bin/stampguard",
            "share/man/man1/stampguard-check.1",
            "share/bash-completion/completions/stampguard",
            "share/zsh/vendor-completions/_stampguard",
            "share/fish/vendor_completions.d/stampguard.fish",
            "share/doc/stampguard/copyright");
    assertThat(run("dpkg-deb", "--field", deb, "Architecture").out().strip())
        .matches(Program.isNative() ? "amd64|arm64" : "all");
    // Debian's order of versions: what comes before 1.0 is older than 1.0.
    assertThat(run("dpkg-deb", "--field", deb, "Version").out()).doesNotContain("-");

    run(with(dpkg, "--remove", "stampguard"));
    assertThat(root.resolve("usr")).doesNotExist();
  }

  private static String[] with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static Stream<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .toList()
          .stream();
    }
  }
}
