package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.config.ColorMode;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Runs one command line: the whole program for one invocation, callable in process. */
public final class Cli {
  private Cli() {}

  /** Runs the command and returns its exit code; never throws, never exits. */
  public static int launch(Invocation invocation, String... args) {
    var failures = new FailureHandler(invocation, wantsJson(args));
    try {
      if (args.length == 2 && args[0].equals(Candidates.COMMAND)) {
        return new Candidates(invocation, Candidates.LIMIT).answer(args[1]);
      }
      if (args.length == 1 && args[0].equals(CheckCommand.NAME)) {
        return failures.unlessLost(bareCheck(invocation, failures));
      }
      CommandLine line = commandLine(invocation, failures, List.of(args));
      return failures.unlessLost(line.execute(args));
    } finally {
      invocation.out().flush();
      invocation.err().flush();
    }
  }

  /** As the parser runs it. */
  private static int bareCheck(Invocation invocation, FailureHandler failures) {
    try {
      return CheckCommand.bare(invocation).call();
    } catch (RuntimeException e) {
      return failures.handle(e);
    }
  }

  /**
   * The command tree as far as a command line needs it, wired by plain constructors.
   *
   * @param args the command line
   */
  static CommandLine commandLine(
      Invocation invocation, FailureHandler failures, List<String> args) {
    var line = new CommandLine(new StampguardCommand());
    Commands.addTo(line, invocation, args);
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setOut(writer(invocation.out()))
        .setErr(writer(invocation.err()))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
    boolean colored =
        TerminalDetection.isColored(invocation, ColorMode.AUTO, invocation.outIsTerminal());
    line.setColorScheme(Help.defaultColorScheme(colored ? Help.Ansi.ON : Help.Ansi.OFF));
    listExitCodes(line, exitCodes());
    return line;
  }

  private static void listExitCodes(CommandLine line, Map<String, String> codes) {
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    line.getSubcommands().values().forEach(sub -> listExitCodes(sub, codes));
  }

  private static Map<String, String> exitCodes() {
    var codes = new LinkedHashMap<String, String>();
    for (ExitCode code : ExitCode.values()) {
      codes.putIfAbsent(String.valueOf(code.code()), code.meaning().replace("%", "%%"));
    }
    return codes;
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Known before parsing, because a command line that cannot be parsed is answered in JSON too. */
  private static boolean wantsJson(String... args) {
    List<String> words = Arrays.asList(args);
    int at = words.indexOf("--output");
    return words.stream().anyMatch("--output=json"::equalsIgnoreCase)
        || (at >= 0 && at + 1 < words.size() && words.get(at + 1).equalsIgnoreCase("json"));
  }
}
