package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.InstalledPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real shells complete lines with the scripts; what they would look up a stand-in answers. */
@Timeout(300)
class CompletionScriptTest {
  private static final Path CAPTURE = Path.of("src/test/resources/completion").toAbsolutePath();

  /** A line that ends where somebody presses the key, and what is offered. */
  private static final Map<String, List<String>> OFFERS =
      Map.ofEntries(
          Map.entry("stampguard re", List.of("repair", "restore")),
          Map.entry("stampguard --vers", List.of("--version")),
          Map.entry("stampguard target ", List.of("use")),
          Map.entry("stampguard backup ", List.of("create", "list", "verify", "prune")),
          Map.entry("stampguard check --outp", List.of("--output")),
          Map.entry(
              "stampguard check --output ", List.of("text", "json", "github", "sarif", "junit")),
          Map.entry("stampguard history --output ", List.of("text", "json", "mermaid", "dot")),
          Map.entry("stampguard check --output=s", List.of("sarif")),
          Map.entry("stampguard check -q --color ", List.of("auto", "always", "never")),
          Map.entry("stampguard check --connect-timeout ", List.of()),
          Map.entry("stampguard target use ", List.of("shop", "shop_test")),
          Map.entry("stampguard target use shop_", List.of("shop_test")),
          Map.entry("stampguard target use shop ", List.of()),
          Map.entry(
              "stampguard target use --url postgresql://u:secret@h:1/d shop_",
              List.of("shop_test")),
          Map.entry("stampguard compare t", List.of("target")),
          Map.entry("stampguard compare shop target ", List.of()),
          Map.entry("stampguard repair --run ", List.of("a1", "b2")),
          Map.entry("stampguard restore 2025", List.of("20251127T035512Z-shop")),
          Map.entry("stampguard backup verify ", List.of("20251127T035512Z-shop")),
          Map.entry("stampguard repair --allow edit", List.of("edits-env-file")),
          Map.entry(
              "stampguard repair --strategy ",
              List.of("restamp", "missing", "graft", "recreate", "switch")),
          Map.entry("stampguard repair --apply ", List.of("plan.json", "scripts")),
          Map.entry("stampguard repair --apply --ye", List.of("--yes")),
          Map.entry("stampguard repair --apply --yes --strategy g", List.of("graft")),
          Map.entry("stampguard diagnose -o ", List.of("plan.json", "scripts")),
          Map.entry("stampguard diagnose --project ", List.of("scripts")),
          Map.entry("stampguard exec -- cat p", List.of("plan.json")),
          Map.entry("stampguard exec -- stampg", List.of("stampguard")),
          Map.entry("stampguard exec -- cat --outp", List.of()),
          Map.entry("stampguard help SG111", List.of("SG111")),
          Map.entry("stampguard help ex", List.of("exec", "exit-codes")),
          Map.entry("stampguard help target ", List.of("use")),
          Map.entry("stampguard completion ", List.of("bash", "zsh", "fish")));

  @TempDir private Path directory;
  private Path project;
  private Path bin;

  @BeforeEach
  void prepare() throws IOException {
    project = Files.createDirectories(directory.resolve("project"));
    Files.createDirectory(project.resolve("scripts"));
    Files.writeString(project.resolve("plan.json"), "");
    bin = Files.createDirectories(directory.resolve("bin"));
    Path program = bin.resolve("stampguard");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$*" >>'%1$s/asked'
        cat >'%1$s/typed'
        case $2 in
        databases) printf 'shop\\nshop_test\\n' ;;
        revisions) printf 'a1\\tadd users: all\\nb2\\tadd orders\\n' ;;
        backups) printf '20251127T035512Z-shop\\tshop\\n' ;;
        esac
        echo 'nobody wants to read this' >&2
        """
            .formatted(directory));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void linesAreCompleted(CompletionCommand.Shell shell) throws IOException {
    InstalledPrograms.require(shell.toString());
    Path script = script(shell);
    for (Map.Entry<String, List<String>> offer : OFFERS.entrySet()) {
      assertThat(offered(shell, script, offer.getKey()))
          .as("%s: %s", shell, offer.getKey())
          .containsExactlyInAnyOrderElementsOf(offer.getValue());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasTypedIsNoArgument(CompletionCommand.Shell shell) throws IOException {
    InstalledPrograms.require(shell.toString());
    offered(
        shell,
        script(shell),
        "stampguard target use --url postgresql://u:secret@h:1/d --project p ");
    assertThat(directory.resolve("asked")).hasContent("__complete databases");
    assertThat(Files.readAllLines(directory.resolve("typed")))
        .containsSubsequence("--url", "postgresql://u:secret@h:1/d", "--project", "p");
  }

  @ParameterizedTest
  @EnumSource
  void onlyAsMuchIsAskedAsIsNeeded(CompletionCommand.Shell shell) throws IOException {
    InstalledPrograms.require(shell.toString());
    offered(shell, script(shell), "stampguard repair --strategy ");
    offered(shell, script(shell), "stampguard target use -");
    assertThat(directory.resolve("asked")).doesNotExist();
  }

  private Path script(CompletionCommand.Shell shell) throws IOException {
    InProcess.Result result = InProcess.run(project, Map.of(), "completion", shell.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    Path script = directory.resolve("stampguard." + shell);
    return Files.writeString(script, result.out());
  }

  private List<String> offered(CompletionCommand.Shell shell, Path script, String line)
      throws IOException {
    String capture = CAPTURE.resolve("capture." + shell).toString();
    Stream<String> command =
        switch (shell) {
          case BASH ->
              Stream.concat(
                  Stream.of("bash", "--norc", capture, script.toString()), wordsOfBash(line));
          case ZSH ->
              Stream.of(
                  "zsh",
                  "-f",
                  capture,
                  script.toString(),
                  line,
                  directory.resolve("hits").toString());
          case FISH -> Stream.of("fish", "--no-config", capture, script.toString(), line);
        };
    return run(command.toList())
        .lines()
        .map(word -> word.split("\t", 2)[0])
        // fish completes an option together with its value; a directory ends with its slash.
        .map(word -> word.replaceFirst("^--\\w+=", "").replaceFirst("/$", ""))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  /** As bash itself takes a line apart. */
  private static Stream<String> wordsOfBash(String line) {
    return Arrays.stream(line.split(" ", -1))
        .flatMap(
            word ->
                word.isEmpty()
                    ? Stream.of("")
                    : Arrays.stream(word.split("(?<=[=:])(?![=:])|(?<![=:])(?=[=:])")));
  }

  private String run(List<String> command) throws IOException {
    var builder = new ProcessBuilder(new ArrayList<>(command)).directory(project.toFile());
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(said).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return said;
  }
}
