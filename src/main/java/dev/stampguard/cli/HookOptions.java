package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.report.text.Printable;
import dev.stampguard.service.git.Hook;
import dev.stampguard.service.git.HookFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of the commands that change hooks. */
final class HookOptions {
  @Option(names = "--pre-push", description = "The hook that runs before a push.")
  boolean prePush;

  @Option(names = "--pre-commit", description = "The hook that runs before a commit.")
  boolean preCommit;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The project (default: nearest parent with a migration tool, a lock or .env).")
  Path project;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but errors.")
  boolean quiet;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /** The hooks that were named, else those given. */
  List<Hook> hooks(List<Hook> otherwise) {
    var hooks = new ArrayList<Hook>();
    if (prePush) {
      hooks.add(Hook.PRE_PUSH);
    }
    if (preCommit) {
      hooks.add(Hook.PRE_COMMIT);
    }
    return hooks.isEmpty() ? otherwise : hooks;
  }

  void say(Invocation invocation, String what, HookFile file) {
    if (!quiet) {
      String whose = file.owner().isEmpty() ? "" : " for `%s`".formatted(file.owner());
      invocation.out().println(Printable.escape(what + ": " + file.path() + whose));
    }
  }

  /**
   * Where a project is, relative to the top of the working tree.
   *
   * @throws StampguardException (usage) when it is not in there
   */
  static Path below(Path top, Path project) {
    Path real;
    try {
      real = project.toRealPath();
    } catch (IOException e) {
      real = project;
    }
    if (!real.startsWith(top)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the project `%s` is not in the repository `%s`".formatted(real, top),
          "name a project in it with `--project DIR`");
    }
    return top.relativize(real);
  }
}
