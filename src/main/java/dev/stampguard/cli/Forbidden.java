package dev.stampguard.cli;

import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.config.DatabasePolicy;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.service.Neighbours;
import dev.stampguard.service.TargetSwitch;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A target that the policy for this run does not allow, and what the run could use instead. */
final class Forbidden {
  /** More names than that are no advice. */
  private static final int MOST_NAMES = 3;

  private final Setup setup;
  private final Target target;
  private final DatabasePolicy policy;

  Forbidden(Setup setup, Target target, DatabasePolicy policy) {
    this.setup = Objects.requireNonNull(setup);
    this.target = Objects.requireNonNull(target);
    this.policy = Objects.requireNonNull(policy);
  }

  /** What is said of it. Asks the server what it has that is allowed. */
  TargetDoubt doubt() {
    List<String> allowed = new Neighbours(setup.connector()).of(target, policy::allows);
    return new TargetDoubt(
        "the policy for this run forbids the database",
        Severity.ERROR,
        "The run would use `%s` (%s), which `%s` forbids%s."
            .formatted(target.database(), target.source(), policy.where(), allowed(allowed)),
        hint(allowed));
  }

  private String allowed(List<String> allowed) {
    String patterns = "it allows `%s`".formatted(policy.patterns());
    if (allowed.isEmpty()) {
      return "; %s, and no database of that server fits".formatted(patterns);
    }
    String names =
        allowed.stream().limit(MOST_NAMES).map("`%s`"::formatted).collect(Collectors.joining(", "));
    int more = allowed.size() - MOST_NAMES;
    return "; %s: %s%s".formatted(patterns, names, more > 0 ? " and %s more".formatted(more) : "");
  }

  private String hint(List<String> allowed) {
    if (allowed.isEmpty()) {
      return "point %s at a database that fits `%s`; in a file `stampguard target use DB` does"
          .formatted(target.source(), policy.patterns());
    }
    String best = allowed.getFirst();
    return isSwitchable(best)
        ? "`stampguard target use %s`".formatted(ShellWords.quote(best))
        : "point %s at `%s`".formatted(target.source(), best);
  }

  /** Whether a file says which database is used. */
  private boolean isSwitchable(String database) {
    try {
      new TargetSwitch(setup.targetRequest()).plan(database);
      return true;
    } catch (StampguardException e) {
      return false;
    }
  }
}
