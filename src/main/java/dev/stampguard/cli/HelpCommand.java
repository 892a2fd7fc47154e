package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ColorMode;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.report.FindingHelp;
import dev.stampguard.report.text.TextRenderer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Help on a command or on a finding's code; opens nothing. */
@Command(name = "help", description = "Show help on a command, or on a finding such as SG102.")
final class HelpCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "TOPIC|SGnnn",
      description = "A command, or a finding's code.")
  String topic;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  HelpCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    CommandLine program = spec.commandLine().getParent();
    if (topic == null) {
      program.usage(program.getOut());
      return ExitCode.OK.code();
    }
    CommandLine command = program.getSubcommands().get(topic);
    if (command != null) {
      command.usage(command.getOut());
      return ExitCode.OK.code();
    }
    FindingCode code = findingCode().orElseThrow(this::unknownTopic);
    invocation
        .out()
        .print(
            new TextRenderer(TerminalDetection.of(invocation, ColorMode.AUTO))
                .help(FindingHelp.of(code)));
    return ExitCode.OK.code();
  }

  private Optional<FindingCode> findingCode() {
    String wanted = topic.toUpperCase(Locale.ROOT);
    return Arrays.stream(FindingCode.values()).filter(c -> c.name().equals(wanted)).findFirst();
  }

  private StampguardException unknownTopic() {
    return new StampguardException(
        ExitCode.USAGE,
        "no help on `%s`: it is neither a command nor a finding's code".formatted(topic),
        "stampguard help");
  }
}
