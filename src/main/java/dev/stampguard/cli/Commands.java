package dev.stampguard.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands there are. Reading what one takes costs more than most of them do, so only those are
 * read that a command line names; of the others a list of commands needs two words.
 */
final class Commands {
  /** In the order in which help lists them. */
  static final List<String> NAMES =
      List.of(
          "check",
          "diagnose",
          "compare",
          "history",
          "target",
          "sync",
          "snapshot",
          "repair",
          "backup",
          "restore",
          "exec",
          "hook",
          "completion",
          "help");

  private Commands() {}

  /**
   * Adds commands to the program: all by name, and with all they take those that may be asked.
   * Where a command or the wish for the version comes first, nothing lists the others, and they are
   * left out.
   *
   * @param args the command line
   */
  static void addTo(CommandLine program, Invocation invocation, List<String> args) {
    boolean comesFirst =
        !args.isEmpty()
            && (NAMES.contains(args.getFirst())
                || args.getFirst().equals("--version")
                || args.getFirst().equals("-V"));
    // A file of arguments may name any.
    boolean mayNameAny = args.stream().anyMatch(word -> word.startsWith("@"));
    for (String name : NAMES) {
      if (mayNameAny || args.contains(name)) {
        program.addSubcommand(name, whole(name, invocation));
      } else if (!comesFirst) {
        program.addSubcommand(name, listed(type(name).getAnnotation(Command.class)));
      }
    }
  }

  private static Object whole(String name, Invocation invocation) {
    return switch (name) {
      case "check" -> new CheckCommand(invocation);
      case "diagnose" -> new DiagnoseCommand(invocation);
      case "compare" -> new CompareCommand(invocation);
      case "history" -> new HistoryCommand(invocation);
      case "target" ->
          new CommandLine(new TargetCommand(invocation))
              .addSubcommand(new TargetUseCommand(invocation));
      case "sync" -> new SyncCommand(invocation);
      case "snapshot" -> new SnapshotCommand(invocation);
      case "repair" -> new RepairCommand(invocation);
      case "backup" -> BackupCommand.withSubcommands(invocation);
      case "restore" -> new RestoreCommand(invocation);
      case "exec" -> ExecCommand.of(invocation);
      case "hook" -> HookCommand.withSubcommands(invocation);
      case "completion" -> new CompletionCommand(invocation);
      case "help" -> new HelpCommand(invocation);
      default -> throw unknown(name);
    };
  }

  private static Class<?> type(String name) {
    return switch (name) {
      case "check" -> CheckCommand.class;
      case "diagnose" -> DiagnoseCommand.class;
      case "compare" -> CompareCommand.class;
      case "history" -> HistoryCommand.class;
      case "target" -> TargetCommand.class;
      case "sync" -> SyncCommand.class;
      case "snapshot" -> SnapshotCommand.class;
      case "repair" -> RepairCommand.class;
      case "backup" -> BackupCommand.class;
      case "restore" -> RestoreCommand.class;
      case "exec" -> ExecCommand.class;
      case "hook" -> HookCommand.class;
      case "completion" -> CompletionCommand.class;
      case "help" -> HelpCommand.class;
      default -> throw unknown(name);
    };
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("no command " + name);
  }

  /** Its name and what it is for: all that a list of commands shows. */
  private static CommandSpec listed(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name());
    spec.usageMessage().description(command.description());
    return spec;
  }
}
