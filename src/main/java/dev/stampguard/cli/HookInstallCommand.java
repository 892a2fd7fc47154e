package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.report.text.Printable;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.service.git.Git;
import dev.stampguard.service.git.Hook;
import dev.stampguard.service.git.HookBlock;
import dev.stampguard.service.git.HookFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a block into git's hooks. */
@Command(
    name = "install",
    description =
        "Add a block to the hook (default: --pre-push) that runs `stampguard check --offline` when"
            + " scripts or stampguard.lock changed. What else is in the hook stays as it is.",
    footer = {
      "",
      "Only exit code 3 stops the push or the commit; anything else is told on stderr. A second"
          + " install puts the new block in the old one's place; another project of the repository has"
          + " one of its own."
    })
final class HookInstallCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin HookOptions options;

  @Option(
      names = "--with-database",
      description = "Then run `stampguard check` as well, on the project's database.")
  boolean withDatabase;

  @Option(names = "--require", description = "Stop also when stampguard is not on the PATH.")
  boolean require;

  HookInstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Project project = Setup.project(invocation, options.project);
    if (project.tools().isEmpty()) {
      throw Setup.noTool(invocation, project);
    }
    var git = new Git(project.directory(), invocation.environment());
    Path below = HookOptions.below(git.top(), project.directory());
    String call = call(below);
    for (Hook hook : options.hooks(List.of(Hook.PRE_PUSH))) {
      HookFile file = HookFile.of(git, hook, below);
      boolean woken = file.install(new HookBlock(hook, call + " " + hook, require));
      options.say(invocation, "installed", file);
      if (woken) {
        warn("it was not executable, so git ignored it; now all of it runs", file);
      }
      if (file.isShared()) {
        warn("it lies outside of this repository, and others may use it too", file);
      }
    }
    return ExitCode.OK.code();
  }

  private String call(Path project) {
    var words = new ArrayList<>(List.of("stampguard", "hook", "run"));
    if (!project.toString().isEmpty()) {
      words.addAll(List.of("--project", project.toString()));
    }
    if (withDatabase) {
      words.add("--with-database");
    }
    return ShellWords.join(words);
  }

  private void warn(String message, HookFile file) {
    invocation
        .err()
        .println("stampguard: " + Printable.escape("`" + file.path() + "`: " + message));
  }
}
