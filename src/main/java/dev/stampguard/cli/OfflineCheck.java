package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.ScriptHistory;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.LockReader;
import dev.stampguard.expectation.lock.LockedScripts;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.report.OfflineReport;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RevisionGraph;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The gate without a database: the history of the scripts, and the lock file against them. */
final class OfflineCheck {
  private final Setup setup;
  private final GateOptions gate;
  private final FleetOptions fleet;

  OfflineCheck(Setup setup, GateOptions gate, FleetOptions fleet) {
    this.setup = setup;
    this.gate = gate;
    this.fleet = fleet;
  }

  /**
   * Looks and prints.
   *
   * @throws StampguardException (usage) where something is asked that only a database could answer
   */
  ExitCode run() {
    requireAnswerable();
    MigrationProject project = setup.requireProject();
    List<Finding> findings =
        setup.tools().size() == 1
            ? findings(project)
            : setup.tools().stream()
                .flatMap(tool -> findings(tool).stream())
                .distinct()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    RevisionGraph graph = project.scripts().graph();
    var report =
        new OfflineReport(
            project.tool(), project.location(), graph.heads(), graph.revisions(), findings);
    Severity failOn = new Gate(setup, gate).failOn();
    boolean fails = findings.stream().anyMatch(found -> found.severity().compareTo(failOn) >= 0);
    switch (setup.format()) {
      case JSON -> setup.print(report);
      case TEXT, GITHUB, SARIF, JUNIT, HTML, MERMAID, DOT, MARKDOWN ->
          setup
              .output()
              .printGate(
                  fails || (setup.isVerbose() && !findings.isEmpty())
                      ? Optional.of(report)
                      : Optional.empty());
    }
    return fails ? ExitCode.FINDINGS : ExitCode.OK;
  }

  private List<Finding> findings(MigrationProject project) {
    Path file = setup.lockFile(project);
    var locked = new LockedScripts(() -> readable(file));
    RevisionGraph graph = project.scripts(locked).graph();
    return ScriptHistory.findings(
            graph, PreviousLock.of(file, graph, locked.digests(graph, setup.directory())))
        .stream()
        .map(found -> naming(found, file.getFileName().toString()))
        .toList();
  }

  /** What is wrong with it is a finding. */
  private static Optional<LockFile> readable(Path file) {
    try {
      return LockReader.read(file);
    } catch (StampguardException e) {
      return Optional.empty();
    }
  }

  /** The same finding about another lock file than the first tool's. */
  private static Finding naming(Finding found, String file) {
    return new Finding(
        found.code(),
        found.severity(),
        found.title(),
        found.detail().replace("`" + LockFile.NAME + "`", "`" + file + "`"),
        found.objects(),
        found.revisions(),
        found.hint().replace("`" + LockFile.NAME + "`", "`" + file + "`"));
  }

  private void requireAnswerable() {
    if (fleet.isAsked() || gate.requireHead) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`--offline` asks no database, so it goes neither with many of them nor with"
              + " `--require-head`",
          "leave one of them out");
    }
    switch (setup.format()) {
      case TEXT, JSON -> {}
      case GITHUB, SARIF, JUNIT, HTML, MERMAID, DOT, MARKDOWN ->
          throw new StampguardException(
              ExitCode.USAGE,
              "`--offline` prints no `%s`".formatted(setup.format()),
              "it is one of " + OutputFormat.words(List.of(OutputFormat.TEXT, OutputFormat.JSON)));
    }
  }
}
