package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.report.text.Printable;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.service.git.Git;
import dev.stampguard.service.git.Hook;
import dev.stampguard.service.git.HookFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes our blocks out of git's hooks. */
@Command(
    name = "uninstall",
    description =
        "Take the project's block out again (default: of both hooks), and leave the file as it was"
            + " before. Where no project is named, nor one found, take out those of all projects.")
final class HookUninstallCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin HookOptions options;

  HookUninstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Project project = Setup.project(invocation, options.project);
    var git = new Git(project.directory(), invocation.environment());
    Path below = HookOptions.below(git.top(), project.directory());
    boolean isMeant = options.project != null || !project.tools().isEmpty();
    for (Hook hook : options.hooks(List.of(Hook.values()))) {
      HookFile own = HookFile.of(git, hook, below);
      List<HookFile> blocks = isMeant ? List.of(own) : own.all();
      for (HookFile block : blocks) {
        if (block.uninstall()) {
          options.say(invocation, "uninstalled", block);
        }
      }
      warnOfOthers(own);
    }
    return ExitCode.OK.code();
  }

  private void warnOfOthers(HookFile file) {
    List<HookFile> left = file.all();
    if (!left.isEmpty() && !options.quiet) {
      String names =
          left.stream()
              .map(other -> "`" + (other.owner().isEmpty() ? "." : other.owner()) + "`")
              .collect(Collectors.joining(", "));
      invocation
          .err()
          .println(
              "stampguard: "
                  + Printable.escape(
                      "`%s` still has a block for %s: `stampguard hook uninstall --project DIR` takes one out"
                          .formatted(file.path(), names)));
    }
  }
}
