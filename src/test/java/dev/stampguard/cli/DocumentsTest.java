package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.config.KnownSetting;
import dev.stampguard.testing.InstalledPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** The manual, read by the programs that show it. */
class DocumentsTest {
  @TempDir private static Path share;

  @BeforeAll
  static void write() throws IOException {
    Documents.main(new String[] {share.toString(), "2026-01-01T00:00:00Z"});
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(share.resolve("man/man1"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mandoc -Tlint",
        "groff -man -ww -z -Tutf8",
        // As Debian's policy asks for: a page is shown without a word on stderr.
        "man --warnings --encoding=UTF-8 --troff-device=utf8 --ditroff --local-file"
      })
  void noPageHasAFault(String reader) throws IOException {
    var command = new ArrayList<>(List.of(reader.split(" ")));
    InstalledPrograms.require(command.getFirst());
    for (Path page : pages()) {
      var line = new ArrayList<>(command);
      line.add(page.toString());
      Read read = read(line);
      assertThat(read.err()).as("%s", page).isEmpty();
      if (command.getFirst().equals("mandoc")) {
        assertThat(read.out()).as("%s", page).isEmpty();
      }
    }
  }

  @Test
  void eachCommandHasAPageWithAllItTakes() throws IOException {
    InstalledPrograms.require("mandoc");
    var expected = new ArrayList<String>();
    List<CommandTree.Node> commands = CommandTree.of(Invocation.ofThisProcess());
    for (CommandTree.Node command : commands) {
      String name = ManualPage.name(command);
      expected.add(name + ".1");
      String page = shown(name);
      assertThat(page).contains("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "SEE ALSO");
      for (OptionSpec option : command.spec().options()) {
        assertThat(page).contains(option.names());
      }
      command.commands().forEach(sub -> assertThat(page).contains(ManualPage.name(sub) + "(1)"));
    }
    assertThat(commands).hasSizeGreaterThan(Commands.NAMES.size());
    assertThat(pages().stream().map(page -> page.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected)
        .contains("stampguard-backup-create.1")
        .doesNotContain("stampguard-hook-run.1");
  }

  @Test
  void theProgramsPageHoldsTheTopics() throws IOException {
    InstalledPrograms.require("mandoc");
    String page = shown("stampguard");
    for (ExitCode code : ExitCode.values()) {
      assertThat(page).containsPattern("(?m)^ +%d +\\S".formatted(code.code()));
    }
    for (KnownSetting setting : KnownSetting.all()) {
      assertThat(page).containsPattern("(?m)^ +\\Q%s\\E\\b".formatted(setting.key()));
    }
    assertThat(page).contains("DATABASE_URL", "SG119");
  }

  @Test
  void whatMeansSomethingToTheFormatterIsShownAsItIs() throws IOException {
    InstalledPrograms.require("mandoc");
    var page = new Roff();
    page.title("x", "2026-01-01", "x 1", "x");
    page.section("NAME");
    page.filled("x \\- y");
    page.section("DESCRIPTION");
    page.paragraph(
        ".env 'quoted' \\fBback\\fR ~/x ^ `--a-b` \"c\" … and a word of a line that is long .SH");
    Path file = Files.writeString(share.resolve("x.1"), page.toString());
    assertThat(read(List.of("mandoc", "-Tlint", file.toString())).out()).isEmpty();
    assertThat(plain(read(List.of("mandoc", "-Tutf8", file.toString())).out()))
        .contains(".env 'quoted' \\fBback\\fR ~/x ^ --a-b \"c\" … and a word")
        .contains(".SH");
  }

  @Test
  void theSameIsWrittenEachTime(@TempDir Path other) throws IOException {
    Documents.main(new String[] {other.toString(), "2026-01-01T00:00:00Z"});
    try (Stream<Path> files = Files.walk(other)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(20)
          .allSatisfy(
              file ->
                  assertThat(file)
                      .hasSameTextualContentAs(share.resolve(other.relativize(file).toString())));
    }
  }

  private static String shown(String name) throws IOException {
    Path page = share.resolve("man/man1/" + name + ".1");
    return plain(read(List.of("mandoc", "-Tutf8", "-O", "width=200", page.toString())).out());
  }

  /** Without the letters that are printed over each other to look bold. */
  private static String plain(String shown) {
    return shown.replaceAll(".\b", "");
  }

  private record Read(String out, String err) {}

  private static Read read(List<String> command) throws IOException {
    Path err = Files.createTempFile("err", ".txt");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MANWIDTH", "80");
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    var read = new Read(out, Files.readString(err));
    Files.delete(err);
    return read;
  }
}
