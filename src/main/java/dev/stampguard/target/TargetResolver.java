package dev.stampguard.target;

import dev.stampguard.StampguardException;
import dev.stampguard.target.Candidate.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which database a run uses: {@code --url}, the process environment, {@code .env}, the
 * migration tool's configuration, and the PG* variables alone; the first that names one wins.
 */
public final class TargetResolver {
  private final Predicate<Path> socketExists;

  /** Looks for local sockets in the file system. */
  public TargetResolver() {
    this(Files::exists);
  }

  /**
   * @param socketExists whether a local socket's file is there
   */
  TargetResolver(Predicate<Path> socketExists) {
    this.socketExists = Objects.requireNonNull(socketExists);
  }

  /**
   * Decides.
   *
   * @throws StampguardException (usage) when no source names a database, when the one that wins is
   *     malformed or not about PostgreSQL, or when the environment file that is asked for does not
   *     exist
   */
  public TargetResolution resolve(TargetRequest request) {
    var warnings = new LinkedHashSet<String>();
    Optional<EnvFile> envFile = readEnvFile(request, warnings);
    if (request.environment().getOrDefault(request.urlVariable(), "unset").isBlank()) {
      warnings.add(
          "`%s` is empty in the environment and counts as not set"
              .formatted(request.urlVariable()));
    }

    Sources sources = Sources.of(request, envFile, socketExists);
    LibpqDefaults defaults = sources.defaults();
    Candidate strongest = sources.strongest();
    LibpqDefaults.Completed winner = strongest.complete(defaults);
    winner.warning().ifPresent(warnings::add);

    var losers = new EnumMap<Origin, Target>(Origin.class);
    for (Candidate candidate : sources.candidates().subList(1, sources.candidates().size())) {
      try {
        losers.put(candidate.origin(), candidate.complete(defaults).target());
      } catch (StampguardException e) {
        warnings.add(e.getMessage());
      }
    }
    var losing = losers.values().stream().map(LosingSource::of).toList();
    var all = new EnumMap<>(losers);
    all.put(strongest.origin(), winner.target());
    return new TargetResolution(
        winner.target(),
        losing,
        List.copyOf(warnings),
        disagreement(all),
        strongest.settings().foreign());
  }

  /** What fills the gaps of a source, the environment file's variables included. */
  LibpqDefaults defaults(TargetRequest request) {
    return new LibpqDefaults(
        Sources.variables(request, readEnvFile(request, new LinkedHashSet<>())),
        request.home(),
        request.osUser(),
        socketExists);
  }

  private static Optional<EnvFile> readEnvFile(TargetRequest request, Collection<String> warnings) {
    Optional<ProjectEnvFile> file = ProjectEnvFile.find(request);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      var read = EnvFile.read(file.get().path(), file.get().name(), request.environment());
      warnings.addAll(read.warnings());
      return Optional.of(read);
    } catch (StampguardException e) {
      boolean optional = request.envFile().isEmpty() && isNamedBefore(request);
      if (!optional) {
        throw e;
      }
      warnings.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether a source that is stronger than the environment file names a database. */
  private static boolean isNamedBefore(TargetRequest request) {
    return request.url().isPresent()
        || !request.environment().getOrDefault(request.urlVariable(), "").isBlank();
  }

  private static Optional<Disagreement> disagreement(Map<Origin, Target> targets) {
    return Optional.ofNullable(targets.get(Origin.ENVIRONMENT))
        .flatMap(
            environment ->
                Optional.ofNullable(targets.get(Origin.ENV_FILE))
                    .flatMap(envFile -> Disagreement.between(environment, envFile)));
  }
}
