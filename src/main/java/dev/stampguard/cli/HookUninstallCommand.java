package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.service.git.Git;
import dev.stampguard.service.git.Hook;
import dev.stampguard.service.git.HookFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes our blocks out of git's hooks. */
@Command(
    name = "uninstall",
    description =
        "Take the block out again (default: of both hooks), and leave the file as it was before.")
final class HookUninstallCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin HookOptions options;

  HookUninstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var git =
        new Git(Setup.project(invocation, options.project).directory(), invocation.environment());
    for (Hook hook : options.hooks(List.of(Hook.values()))) {
      HookFile file = HookFile.of(git, hook);
      if (file.uninstall()) {
        options.say(invocation, "uninstalled", file);
      }
    }
    return ExitCode.OK.code();
  }
}
