package dev.stampguard.config;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which databases each kind of run may use, for example tests only those that are for tests.
 *
 * @param all one for each kind of run
 */
public record RunPolicies(List<RunPolicy> all) {
  public RunPolicies {
    all = List.copyOf(all);
  }

  /**
   * Which databases one kind of run may use.
   *
   * @param run its name, for example {@code e2e}
   */
  public record RunPolicy(String run, DatabasePolicy policy) {
    public RunPolicy {
      Objects.requireNonNull(run);
      Objects.requireNonNull(policy);
    }
  }

  /**
   * The policy of a kind of run.
   *
   * @param run its name, and the place that names it
   * @throws StampguardException (usage) when there is none: a rule that nobody wrote protects
   *     nothing
   */
  DatabasePolicy require(Setting run) {
    return all.stream()
        .filter(policy -> isSame(policy.run(), run.value()))
        .findFirst()
        .map(RunPolicy::policy)
        .orElseThrow(() -> unknown(run));
  }

  /** Whether two names mean the same kind: variables know neither small letters nor hyphens. */
  static boolean isSame(String left, String right) {
    return variable(left).equals(variable(right));
  }

  private static String variable(String run) {
    return run.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private StampguardException unknown(Setting run) {
    String hint =
        all.stream()
            .map(RunPolicy::run)
            .min(
                Comparator.comparingInt((String name) -> EditDistance.between(name, run.value()))
                    .thenComparing(Comparator.naturalOrder()))
            .map("did you mean `%s`?"::formatted)
            .orElse(
                "say which databases it may use: `policy.KIND.allow=*_test`, one for each kind");
    return new StampguardException(
        ExitCode.USAGE,
        "`%s` is `%s`, and no policy in `%s` is for such a run"
            .formatted(run.where(), run.value(), SettingsReader.FILE_NAME),
        hint);
  }
}
