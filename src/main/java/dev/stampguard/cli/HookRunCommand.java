package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.report.text.Printable;
import dev.stampguard.service.KnownTools;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.service.git.Changes;
import dev.stampguard.service.git.Git;
import dev.stampguard.service.git.Hook;
import dev.stampguard.service.git.MigrationPaths;
import dev.stampguard.service.git.PushedRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What the block in a hook calls, at the top of the working tree: the remote and then git's own
 * lines on standard input.
 */
@Command(name = "run", hidden = true, description = "What the block in a hook calls.")
final class HookRunCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--project", paramLabel = "DIR", description = "The project, below the top.")
  Path project;

  @Option(names = "--with-database", description = "Check the database too.")
  boolean withDatabase;

  @Parameters(paramLabel = "HOOK", description = "pre-push or pre-commit.")
  String name;

  HookRunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Hook hook = hook();
    List<String> lines = hook == Hook.PRE_PUSH ? input() : List.of();
    Path directory =
        project == null ? invocation.directory() : invocation.directory().resolve(project);
    // A commit from before there were migrations has nothing to check.
    if (!Files.isDirectory(directory)) {
      return ExitCode.OK.code();
    }
    Project found = Setup.projectAt(invocation, directory);
    if (found.tools().isEmpty()) {
      return ExitCode.OK.code();
    }
    var changes =
        new Changes(
            new Git(invocation.directory(), invocation.environment()),
            MigrationPaths.of(
                project == null ? Path.of("") : project, found.tools(), settingsFiles()));
    boolean touched =
        switch (hook) {
          case PRE_PUSH -> isPushTouching(changes, lines);
          case PRE_COMMIT -> changes.areStaged();
        };
    if (!touched) {
      return ExitCode.OK.code();
    }
    int code = check(directory, List.of("--offline"));
    if (code == ExitCode.OK.code() && withDatabase) {
      code = check(directory, List.of());
    }
    if (code == ExitCode.FINDINGS.code()) {
      say(
          "the %s was stopped; `git %s --no-verify` does it all the same"
              .formatted(hook.guarded(), hook.guarded()));
    }
    return code;
  }

  private Set<String> settingsFiles() {
    return KnownTools.all(invocation.environment()).stream()
        .flatMap(tool -> tool.settingsFiles().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Hook hook() {
    for (Hook hook : Hook.values()) {
      if (hook.file().equals(name)) {
        return hook;
      }
    }
    throw new StampguardException(
        ExitCode.USAGE, "there is no hook `%s`".formatted(name), "stampguard hook install");
  }

  private List<String> input() {
    try {
      return new String(invocation.in().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private boolean isPushTouching(Changes changes, List<String> lines) {
    if (lines.isEmpty()) {
      return false;
    }
    List<PushedRef> refs = PushedRef.parse(lines.subList(1, lines.size()));
    if (!changes.arePushed(lines.getFirst(), refs)) {
      return false;
    }
    changes
        .unlike(refs)
        .ifPresent(
            ref ->
                say(
                    "what is checked are the scripts in the working tree, which differ from those in `%s`"
                        .formatted(ref)));
    return true;
  }

  private int check(Path directory, List<String> options) {
    var words = new ArrayList<>(List.of("check", "--project", directory.toString()));
    words.addAll(options);
    return Cli.launch(invocation, words.toArray(String[]::new));
  }

  private void say(String message) {
    invocation.err().println("stampguard: " + Printable.escape(message));
  }
}
