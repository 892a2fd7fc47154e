package dev.stampguard.cli;

import dev.stampguard.config.Configuration;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.target.NearestEnvFile;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetRequest;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.target.TargetResolver;
import dev.stampguard.tool.MigrationProject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Which database a command line, the configuration and the environment come to. */
record TargetChoice(
    Invocation invocation, CommonOptions options, Configuration configuration, Project project) {
  private static final String DEFAULT_VARIABLE = "DATABASE_URL";

  /** The database the run uses. */
  TargetResolution resolveTarget() {
    return resolve(Optional.ofNullable(options.url));
  }

  /**
   * A database named on the command line or in the configuration: the target itself, a URL, or a
   * name on the target's server.
   */
  Target database(String text, String source) {
    if (text.contains("://") || text.contains("=")) {
      Target named = resolve(Optional.of(text)).target();
      return named.withDatabase(named.database(), source);
    }
    Target target = resolve(Optional.ofNullable(options.url)).target();
    return text.equals("target") ? target : target.withDatabase(text, source);
  }

  private TargetResolution resolve(Optional<String> url) {
    return new TargetResolver().resolve(targetRequest(url));
  }

  /** What the choice of the target depends on. */
  TargetRequest targetRequest() {
    return targetRequest(Optional.ofNullable(options.url));
  }

  private TargetRequest targetRequest(Optional<String> url) {
    return new TargetRequest(
        project.directory(),
        project.root().orElse(project.directory()),
        Optional.ofNullable(options.envFile)
            .map(invocation.directory()::resolve)
            .or(configuration::envFile)
            .or(this::nearestEnvFile),
        url,
        urlVariable(),
        invocation.environment(),
        invocation.home(),
        invocation.user(),
        project.tool().flatMap(MigrationProject::url));
  }

  /**
   * The environment file nearest to the scripts that names a database, where that is not the
   * project's own: the tool is used where its settings are, which may be further down, and the root
   * of a repository may speak for all that is in it. Where the project is called by itself, the
   * directories above it are asked only when nothing else names a database.
   */
  private Optional<Path> nearestEnvFile() {
    Path directory = project.directory();
    Optional<Path> further =
        project
            .tool()
            .map(MigrationProject::location)
            .flatMap(location -> firstOf(directory, location));
    return NearestEnvFile.find(
        further.orElse(directory),
        directory,
        project.root().or(this::repository).orElse(directory),
        urlVariable(),
        invocation.environment());
  }

  /** Empty where another source is there, or git knows of no checkout here. */
  private Optional<Path> repository() {
    boolean isNamed =
        options.url != null
            || project.tool().flatMap(MigrationProject::url).isPresent()
            || Stream.of(urlVariable(), "PGSERVICE", "PGDATABASE", "PGHOST")
                .anyMatch(
                    variable -> !invocation.environment().getOrDefault(variable, "").isBlank());
    return isNamed ? Optional.empty() : Repository.top(project.directory());
  }

  /** The first directory of several that lead to the scripts. */
  private static Optional<Path> firstOf(Path directory, String location) {
    Path scripts = directory.resolve(location).normalize();
    if (!scripts.startsWith(directory) || scripts.getNameCount() < directory.getNameCount() + 2) {
      return Optional.empty();
    }
    return Optional.of(directory.resolve(directory.relativize(scripts).getName(0)));
  }

  /** The variable that holds the URL. */
  String urlVariable() {
    return Optional.ofNullable(options.urlVariable)
        .or(configuration::urlVariable)
        .orElse(DEFAULT_VARIABLE);
  }
}
