package dev.stampguard.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The places that name a database, read and not weighed yet.
 *
 * @param request what was looked at
 * @param envFile the environment file, empty when there is none
 * @param defaults what fills the gaps of each
 * @param candidates those that name one, strongest first; never empty
 */
record Sources(
    TargetRequest request,
    Optional<EnvFile> envFile,
    LibpqDefaults defaults,
    List<Candidate> candidates) {
  /**
   * Looks at all of them.
   *
   * @param socketExists whether a local socket's file is there
   * @throws dev.stampguard.StampguardException (usage) when none names a database
   */
  static Sources of(
      TargetRequest request, Optional<EnvFile> envFile, Predicate<Path> socketExists) {
    Map<String, String> variables = variables(request, envFile);
    return new Sources(
        request,
        envFile,
        new LibpqDefaults(variables, request.home(), request.osUser(), socketExists),
        new Candidates(request, envFile, variables).find());
  }

  /** The environment the program sees, {@code .env} included. */
  static Map<String, String> variables(TargetRequest request, Optional<EnvFile> envFile) {
    return envFile.map(file -> file.over(request.environment())).orElse(request.environment());
  }

  /** The one that wins. */
  Candidate strongest() {
    return candidates.getFirst();
  }

  /**
   * What it comes to, but for what a password file says of a database.
   *
   * @throws dev.stampguard.StampguardException (usage) when it is malformed
   */
  ConnectionSettings settings() {
    ConnectionSettings settings = strongest().settings();
    defaults.fillFromService(settings, strongest().source());
    defaults.fillFromVariables(settings);
    return settings;
  }
}
