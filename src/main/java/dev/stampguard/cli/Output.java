package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ColorMode;
import dev.stampguard.config.Configuration;
import dev.stampguard.config.Setting;
import dev.stampguard.report.Outcome;
import dev.stampguard.report.Report;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.Terminal;
import dev.stampguard.report.json.JsonRenderer;
import dev.stampguard.report.text.Printable;
import dev.stampguard.report.text.TextRenderer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where output goes, and in what form. */
final class Output {
  private final Invocation invocation;
  private final CommonOptions options;
  private final Configuration configuration;
  private final Path directory;

  /** What was shown last of how far something is; {@code null} as long as nothing was. */
  private ProgressLine progress;

  /**
   * @param directory the project's, absolute
   */
  Output(
      Invocation invocation, CommonOptions options, Configuration configuration, Path directory) {
    this.invocation = invocation;
    this.options = options;
    this.configuration = configuration;
    this.directory = directory;
  }

  /** Asked first: nobody wants to wait for an answer that cannot be given. */
  void requirePrintable() {
    OutputFormat format = format();
    if (format == OutputFormat.TEXT || format == OutputFormat.JSON) {
      return;
    }
    String command = options.commandName();
    List<OutputFormat> printed = OutputFormat.of(command);
    if (!printed.contains(format)) {
      String where =
          options.output == null
              ? configuration.output().map(Setting::where).orElse("output")
              : "--output";
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be `%s` for `%s`".formatted(where, format, command),
          "it is one of " + OutputFormat.words(printed));
    }
  }

  OutputFormat format() {
    return Optional.ofNullable(options.output)
        .or(() -> configuration.output().map(Output::format))
        .orElse(OutputFormat.TEXT);
  }

  private static OutputFormat format(Setting setting) {
    return Arrays.stream(OutputFormat.values())
        .filter(format -> format.toString().equals(setting.value()))
        .findFirst()
        .orElseThrow(
            () ->
                new StampguardException(
                    ExitCode.USAGE,
                    "`%s` cannot be `%s`".formatted(setting.where(), setting.value()),
                    "it is one of " + OutputFormat.words(List.of(OutputFormat.values()))));
  }

  private ColorMode colorMode() {
    return Optional.ofNullable(options.color).or(configuration::color).orElse(ColorMode.AUTO);
  }

  /** Prints a command's result in the form asked for, to standard output or the file named. */
  void print(Report report) {
    print(report, Outcome.SHOWN);
  }

  /** As {@link #print(Report)}, for a run whose end depends on what it found. */
  void print(Report report, Outcome outcome) {
    makeRoom();
    byte[] data =
        switch (format()) {
          case JSON -> json(report);
          case TEXT -> text(report);
          case GITHUB, SARIF, JUNIT, HTML, MERMAID, DOT, MARKDOWN ->
              OtherForms.render(format(), report, facts(outcome));
        };
    if (options.outputFile == null) {
      invocation.out().write(data, 0, data.length);
    } else {
      OutputFile.write(file(options.outputFile), data, "-o");
    }
  }

  private RunFacts facts(Outcome outcome) {
    return new RunFacts(
        Version.number(),
        outcome,
        Repository.pathOf(directory, invocation.environment()),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Saves a report as JSON, whole or not at all. */
  void save(Path file, Report report) {
    OutputFile.write(file(file), json(report), "--save");
  }

  private static byte[] json(Report report) {
    var buffer = new ByteArrayOutputStream();
    try {
      new JsonRenderer(Version.number()).write(report, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  private byte[] text(Report report) {
    return textRenderer().render(report).getBytes(StandardCharsets.UTF_8);
  }

  /** For the output. A file is no terminal: colour goes there only when it is asked for. */
  TextRenderer textRenderer() {
    Terminal terminal = TerminalDetection.of(invocation, colorMode());
    if (options.outputFile != null && colorMode() == ColorMode.AUTO) {
      terminal = new Terminal(false, terminal.width(), terminal.unicode());
    }
    return new TextRenderer(terminal);
  }

  /** Shows a person what they are asked about. */
  void showPlan(Report report) {
    makeRoom();
    invocation
        .err()
        .print(new TextRenderer(TerminalDetection.of(invocation, colorMode())).render(report));
  }

  /**
   * Prints the gate's line on standard error, or with {@code -o} into the file, which is then empty
   * when there is nothing to say.
   */
  void printGate(Optional<Report> report) {
    if (options.outputFile != null) {
      OutputFile.write(file(options.outputFile), report.map(this::text).orElse(new byte[0]), "-o");
    } else if (!options.quiet) {
      report.ifPresent(this::printTalk);
    }
  }

  private void printTalk(Report report) {
    makeRoom();
    var terminal =
        new Terminal(
            TerminalDetection.isColored(invocation, colorMode(), invocation.errIsTerminal()),
            Integer.MAX_VALUE,
            false);
    invocation.err().print(new TextRenderer(terminal).render(report));
  }

  /** One line of talk. */
  void warn(String message) {
    makeRoom();
    invocation.err().println("stampguard: " + Printable.escape(message));
  }

  /** What to do about what was warned of. */
  void hint(String hint) {
    makeRoom();
    invocation.err().println();
    invocation.err().println("hint: " + Printable.escape(hint));
  }

  /** Tells what is odd, for output that does not say it itself. */
  void warnBeside(List<String> warnings) {
    if (format() != OutputFormat.TEXT && !options.quiet) {
      warnings.forEach(this::warn);
    }
  }

  /** Tells a person how far a replay is; to be closed when it is over. */
  ProgressLine progress() {
    progress = new ProgressLine(invocation.err(), invocation.errIsTerminal() && !options.quiet);
    return progress;
  }

  /** Makes room on the terminal for what is said while something is under way. */
  private void makeRoom() {
    if (progress != null) {
      progress.close();
    }
  }

  /** The file the output goes to; empty when it is standard output. */
  Optional<Path> outputFile() {
    return Optional.ofNullable(options.outputFile).map(this::file);
  }

  /** A file as it was named on the command line. */
  Path file(Path named) {
    return invocation.directory().resolve(named);
  }
}
