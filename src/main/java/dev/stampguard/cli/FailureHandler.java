package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ColorMode;
import dev.stampguard.config.Spelling;
import dev.stampguard.report.Terminal;
import dev.stampguard.report.json.JsonRenderer;
import dev.stampguard.report.text.Printable;
import dev.stampguard.report.text.TextRenderer;
import dev.stampguard.target.Masking;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where a run that ends early is told: one sentence, a blank line, a hint. */
final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Invocation invocation;
  private final boolean json;

  FailureHandler(Invocation invocation, boolean json) {
    this.invocation = invocation;
    this.json = json;
  }

  @Override
  public int handleExecutionException(Exception exception, CommandLine line, ParseResult parsed) {
    return tell(line, failure(exception), exception, isVerbose(parsed));
  }

  /** Tells what ended a command that was called without options. */
  int handle(Exception exception) {
    return tell(null, failure(exception), exception, false);
  }

  /** What is told of whatever ended a piece of work. */
  static StampguardException failure(Exception exception) {
    return masked(exception instanceof StampguardException known ? known : internal(exception));
  }

  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    CommandLine line = exception.getCommandLine();
    String path = line.getCommandSpec().qualifiedName();
    StampguardException failure =
        wrongWord(exception)
            .orElseGet(
                () ->
                    new StampguardException(
                        ExitCode.USAGE,
                        usageMessage(exception),
                        suggestion(exception).orElse(path + " --help")));
    return tell(line, masked(failure), exception, false);
  }

  /** A word that is none of those an option takes is answered as one in the configuration is. */
  private static Optional<StampguardException> wrongWord(ParameterException exception) {
    ArgSpec arg = exception.getArgSpec();
    if (arg == null || !arg.type().isEnum() || exception.getValue() == null) {
      return Optional.empty();
    }
    String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    String words =
        arg.type() == OutputFormat.class
            ? OutputFormat.words(OutputFormat.of(exception.getCommandLine().getCommandName()))
            : Arrays.stream(arg.type().getEnumConstants())
                .map(word -> "`" + word.toString().toLowerCase(Locale.ROOT) + "`")
                .collect(Collectors.joining(", "));
    return Optional.of(
        new StampguardException(
            ExitCode.USAGE,
            "`%s` cannot be `%s`".formatted(name, exception.getValue()),
            "it is one of " + words));
  }

  /**
   * How a run ends whose output may be lost, which is then told. An answer that nobody can read is
   * none; a run that failed anyway ends as it did.
   *
   * @param exitCode how it would end
   */
  int unlessLost(int exitCode) {
    Optional<String> loss = invocation.loss();
    if (loss.isEmpty()) {
      return exitCode;
    }
    invocation
        .err()
        .print(
            new TextRenderer(errTerminal())
                .failure(
                    new StampguardException(
                        ExitCode.USAGE, "the output could not be written: " + loss.get(), null)));
    return exitCode == ExitCode.OK.code() || exitCode == ExitCode.FINDINGS.code()
        ? ExitCode.USAGE.code()
        : exitCode;
  }

  /** What was typed is repeated in messages, and a URL in the wrong place may hold a password. */
  private static StampguardException masked(StampguardException failure) {
    return new StampguardException(
        failure.exitCode(),
        Masking.mask(failure.getMessage()),
        failure.hint().map(Masking::mask).orElse(null));
  }

  private static String usageMessage(ParameterException exception) {
    if (exception instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    // The parser's own words for an option that takes KEY=VALUE name it twice.
    String message =
        exception
            .getMessage()
            .lines()
            .findFirst()
            .orElse("")
            .replace('\'', '`')
            .replace("option option", "option");
    String start = message.isEmpty() ? "" : message.substring(0, 1).toLowerCase(Locale.ROOT);
    return message.isEmpty() ? "unusable command line" : start + message.substring(1);
  }

  /** What nobody takes; what follows an unknown option may be its value, and is not told. */
  private static String unmatched(UnmatchedArgumentException exception) {
    CommandSpec command = exception.getCommandLine().getCommandSpec();
    String word = exception.getUnmatched().getFirst();
    if (exception.isUnknownOption()) {
      return "unknown option `%s`".formatted(word);
    }
    return command.subcommands().isEmpty()
        ? "`%s` is one word too many for `%s`".formatted(word, command.qualifiedName())
        : "`%s` is no command of `%s`".formatted(word, command.qualifiedName());
  }

  private static Optional<String> suggestion(ParameterException exception) {
    return exception instanceof UnmatchedArgumentException unmatched
        ? nearest(unmatched).map("did you mean `%s`?"::formatted)
        : Optional.empty();
  }

  /** The option or command that was meant. */
  private static Optional<String> nearest(UnmatchedArgumentException exception) {
    CommandSpec command = exception.getCommandLine().getCommandSpec();
    String word = exception.getUnmatched().getFirst();
    if (!exception.isUnknownOption()) {
      return Spelling.nearest(
          word,
          command.subcommands().entrySet().stream()
              .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
              .map(Map.Entry::getKey)
              .toList());
    }
    return Spelling.nearest(
        word.split("=", 2)[0],
        command.options().stream()
            .filter(option -> !option.hidden())
            .flatMap(option -> Arrays.stream(option.names()))
            .filter(name -> name.startsWith("--"))
            .toList());
  }

  private static StampguardException internal(Exception exception) {
    return new StampguardException(
        ExitCode.INTERNAL,
        "internal error: %s at %s"
            .formatted(
                exception.getClass().getSimpleName(),
                Arrays.stream(exception.getStackTrace())
                    .findFirst()
                    .map(StackTraceElement::toString)
                    .orElse("an unknown place")),
        "this is a defect of stampguard; run the command again with --verbose and report what it says");
  }

  private static boolean isVerbose(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return innermost.hasMatchedOption("--verbose");
  }

  private int tell(
      CommandLine line, StampguardException failure, Exception cause, boolean verbose) {
    if (json) {
      tellJson(line, failure);
    } else {
      invocation.err().print(new TextRenderer(errTerminal()).failure(failure));
    }
    if (verbose && failure.exitCode() == ExitCode.INTERNAL) {
      cause.printStackTrace(invocation.err());
    }
    return failure.exitCode().code();
  }

  private Terminal errTerminal() {
    boolean colored =
        TerminalDetection.isColored(invocation, ColorMode.AUTO, invocation.errIsTerminal());
    return new Terminal(colored, Integer.MAX_VALUE, false);
  }

  private void tellJson(CommandLine line, StampguardException failure) {
    String root = line.getCommandSpec().root().name();
    String command =
        line.getParent() == null
            ? null
            : line.getCommandSpec().qualifiedName().substring(root.length() + 1);
    try {
      new JsonRenderer(Version.number()).writeFailure(command, failure, invocation.out());
    } catch (IOException e) {
      invocation.err().println("stampguard: " + Printable.escape(failure.getMessage()));
    }
  }
}
