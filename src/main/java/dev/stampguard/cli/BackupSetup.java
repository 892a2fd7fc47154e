package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.Backup;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.Manifest;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.service.backup.Progress;
import dev.stampguard.target.LosingSource;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.MigrationProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What options and configuration come to for the commands about backups. */
final class BackupSetup {
  /** As in {@code .env:3 DATABASE_URL}: a source that stands in a file. */
  private static final Pattern IN_A_FILE = Pattern.compile("(?<file>.+):\\d+ \\S+");

  private final Setup setup;
  private final Invocation invocation;
  private final BackupOptions options;

  BackupSetup(Setup setup, Invocation invocation, BackupOptions options) {
    this.setup = setup;
    this.invocation = invocation;
    this.options = options;
  }

  BackupStore store() {
    return new BackupStore(
        Optional.ofNullable(options.directory)
            .map(invocation.directory()::resolve)
            .or(() -> setup.configuration().backupDirectory())
            .orElseGet(() -> BackupStore.defaultDirectory(setup.directory()))
            .normalize());
  }

  /** The command that goes back to a backup of this store. */
  String restoreCommand(Backup backup) {
    String command = "stampguard restore " + backup.id();
    return options.directory == null
        ? command
        : command + " --directory " + ShellWords.quote(store().directory().toString());
  }

  /** The search path for PostgreSQL's programs. */
  String path() {
    return setup.environment().getOrDefault("PATH", "");
  }

  /** How many tables at once. */
  static int jobs(int jobs) {
    if (jobs < 1) {
      throw new StampguardException(
          ExitCode.USAGE, "`--jobs` cannot be `%s`".formatted(jobs), "it is 1 or more");
    }
    return jobs;
  }

  /** The files that name the target, but for the migration tool's own, which say much else. */
  List<Path> envFiles(TargetResolution resolution) {
    Optional<String> tools = setup.tool().flatMap(MigrationProject::url).map(ToolUrl::source);
    var files = new LinkedHashSet<Path>();
    Stream.concat(
            Stream.of(resolution.target().source()),
            resolution.losing().stream()
                .map(LosingSource::source)
                .filter(source -> tools.filter(source::equals).isEmpty()))
        .map(IN_A_FILE::matcher)
        .filter(Matcher::matches)
        .map(source -> setup.directory().resolve(source.group("file")).normalize())
        .filter(Files::isRegularFile)
        .forEach(files::add);
    return List.copyOf(files);
  }

  /** Where the schema really is; a backup is made also where nobody can tell. */
  Optional<Manifest.RevisionSpan> trueState() {
    if (setup.tool().isEmpty()) {
      return Optional.empty();
    }
    var inspection = new InspectionOptions();
    inspection.replay = new ReplayOptions();
    try {
      return Judging.of(setup, inspection, Judging.Replays.ON_REQUEST)
          .examine()
          .diagnosis()
          .trueState()
          .map(BackupSetup::span);
    } catch (StampguardException e) {
      setup.warn("where the schema really is cannot be told: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Manifest.RevisionSpan span(TrueState state) {
    return new Manifest.RevisionSpan(state.lower(), state.upper(), state.exact());
  }

  /** The server that a command needs only when it can be had. */
  Optional<Target> targetIfNamed() {
    try {
      return Optional.of(setup.resolveTarget().target());
    } catch (StampguardException e) {
      if (setup.isTargetNamed()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Tells a person how far a task is. */
  Progress progress(ProgressLine line) {
    return new Progress() {
      @Override
      public void say(String sentence) {
        line.close();
        if (!setup.isQuiet()) {
          setup.warn(sentence);
        }
      }

      @Override
      public void show(String text) {
        line.show(text);
      }
    };
  }
}
