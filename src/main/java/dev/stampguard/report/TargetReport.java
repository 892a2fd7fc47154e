package dev.stampguard.report;

import dev.stampguard.diagnosis.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which database a run would use.
 *
 * @param target the database
 * @param project the project's directory relative to the one the run was called in, when it was
 *     found further down; empty otherwise
 * @param losing the sources that were found and not used, strongest first
 * @param policy the rule for this run that the choice was held against; empty when there is none
 * @param runs the rules for the kinds of runs there are
 * @param switched how it came to be the target just now; empty when nothing was switched
 */
public record TargetReport(
    TargetView target,
    Optional<String> project,
    List<Losing> losing,
    Optional<String> policy,
    List<RunRule> runs,
    Optional<Switch> switched)
    implements Report {
  public TargetReport {
    Objects.requireNonNull(target);
    Objects.requireNonNull(project);
    losing = List.copyOf(losing);
    Objects.requireNonNull(policy);
    runs = List.copyOf(runs);
    Objects.requireNonNull(switched);
  }

  /**
   * A change of the file that names the target.
   *
   * @param where what was changed, for example {@code .env:3 DATABASE_URL}
   * @param from the database it named
   * @param to the database it names
   * @param verdict what was found there; empty without a migration tool to judge by
   * @param backup the copy of the file as it was, named as the file itself is
   * @param undo the command that takes it back
   */
  public record Switch(
      String where, String from, String to, Optional<Verdict> verdict, String backup, String undo) {
    public Switch {
      Objects.requireNonNull(where);
      Objects.requireNonNull(from);
      Objects.requireNonNull(to);
      Objects.requireNonNull(verdict);
      Objects.requireNonNull(backup);
      Objects.requireNonNull(undo);
    }
  }

  /**
   * Which databases a kind of run may use.
   *
   * @param run its name, for example {@code e2e}
   * @param patterns what it may use, with commas between them
   * @param allows whether the target is one of them
   */
  public record RunRule(String run, String patterns, boolean allows) {
    public RunRule {
      Objects.requireNonNull(run);
      Objects.requireNonNull(patterns);
    }
  }

  /**
   * A source that another one overrides.
   *
   * @param source where it stands
   * @param database the database it names
   */
  public record Losing(String source, String database) {
    public Losing {
      Objects.requireNonNull(source);
      Objects.requireNonNull(database);
    }
  }
}
