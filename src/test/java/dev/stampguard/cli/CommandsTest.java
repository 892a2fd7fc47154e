package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That only some commands are read whole shows nowhere. */
class CommandsTest {
  @TempDir private Path directory;

  @Test
  void eachIsListedUnderItsOwnName() {
    run(
        invocation -> {
          var program = Cli.commandLine(invocation, failures(invocation), Commands.NAMES);
          assertThat(program.getSubcommands().keySet()).containsExactlyElementsOf(Commands.NAMES);
          program
              .getSubcommands()
              .forEach((name, command) -> assertThat(command.getCommandName()).isEqualTo(name));
          return 0;
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "--version",
        "--nonsense",
        "chekc",
        "@no-such-file",
        "--version check --nonsense",
        "check --help",
        "check check",
        "check diagnose",
        "check --outptu json",
        "check --url postgresql://someone:hunter2@127.0.0.1:1/nothing --output json",
        "help",
        "help -h",
        "help check",
        "help target use",
        "help check diagnose",
        "help nothing",
        "help SG102",
        "help exit-codes",
        "help backup creat",
        "completion bash",
        "completion",
        "target --help",
        "target use",
        "target nothing",
        "backup",
        "backup list --nonsense",
        "repair --strategy nothing",
        "diagnose --help"
      })
  void answersAsIfAllWereReadWhole(String line) {
    String[] words = Stream.of(line.split(" ")).filter(w -> !w.isEmpty()).toArray(String[]::new);

    InProcess.Result some =
        run(
            invocation ->
                Cli.commandLine(invocation, failures(invocation), List.of(words)).execute(words));
    InProcess.Result all =
        run(
            invocation ->
                Cli.commandLine(invocation, failures(invocation), Commands.NAMES).execute(words));

    assertThat(some).isEqualTo(all);
  }

  private InProcess.Result run(ToIntFunction<Invocation> program) {
    return InProcess.run(directory, Map.of(), program);
  }

  private static FailureHandler failures(Invocation invocation) {
    return new FailureHandler(invocation, false);
  }
}
