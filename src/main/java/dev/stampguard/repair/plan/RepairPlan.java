package dev.stampguard.repair.plan;

import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A repair that can be reviewed, saved and carried out: its steps, and the state of the database it
 * was made for.
 *
 * @param strategy empty when nothing is wrong that a repair could end
 * @param database the target's name
 * @param server where it is, as host and port
 * @param fingerprint 64 hex digits: the catalog it was made for, without the ledger
 * @param ledger the ledger's rows it was made for, sorted
 * @param steps in order; none when there is nothing to do
 * @param undecided ids of revisions somebody has to decide about first, oldest first
 * @param ends the findings that must be gone afterwards
 * @param rehearsed whether the steps were tried on a copy of the schema
 */
public record RepairPlan(
    Optional<Strategy> strategy,
    String database,
    String server,
    String fingerprint,
    List<String> ledger,
    List<PlannedStep> steps,
    List<String> undecided,
    Set<FindingCode> ends,
    boolean rehearsed) {
  private static final int ID_BYTES = 6;

  public RepairPlan {
    Objects.requireNonNull(strategy);
    Objects.requireNonNull(database);
    Objects.requireNonNull(server);
    Objects.requireNonNull(fingerprint);
    ledger = List.copyOf(ledger);
    steps = List.copyOf(steps);
    undecided = List.copyOf(undecided);
    ends = Set.copyOf(ends);
    if (strategy.isEmpty() && !steps.isEmpty()) {
      throw new IllegalArgumentException("steps without a strategy");
    }
  }

  /**
   * Twelve hex digits that tell this plan from any other: what it does, to which database in which
   * state. Segments and hazards are left out, because a rehearsal finds them.
   */
  public String id() {
    MessageDigest digest = sha256();
    feed(digest, strategy.map(Strategy::label).orElse(""));
    feed(digest, database);
    feed(digest, server);
    feed(digest, fingerprint);
    ledger.forEach(row -> feed(digest, row));
    for (PlannedStep planned : steps) {
      feed(digest, planned.step().kind());
      feed(digest, planned.step().sql().orElse(""));
      feed(digest, planned.step().command().orElse(""));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static void feed(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /** Everything somebody has to allow, in the order of {@link Hazard}. */
  public List<Hazard> hazards() {
    Set<Hazard> all = EnumSet.noneOf(Hazard.class);
    steps.forEach(step -> all.addAll(step.hazards()));
    if (!undecided.isEmpty()) {
      all.add(Hazard.UNDECIDABLE_DATA_MIGRATION);
    }
    if (segments() > 1 || steps.stream().anyMatch(PlannedStep::alone)) {
      all.add(Hazard.NOT_ATOMIC);
    }
    return List.copyOf(all);
  }

  /** What it runs in spite of what the ledger says, in one sentence; empty when that is nothing. */
  public Optional<String> rerun() {
    return Rerun.sentence(steps.stream().map(PlannedStep::step).toList());
  }

  /** The same, with the commands in what is said of its steps made whole. */
  public RepairPlan repeating(UnaryOperator<String> command) {
    return new RepairPlan(
        strategy,
        database,
        server,
        fingerprint,
        ledger,
        steps.stream().map(planned -> planned.repeating(command)).toList(),
        undecided,
        ends,
        rehearsed);
  }

  /** How many transactions it takes; none when there is nothing to do. */
  public int segments() {
    return steps.isEmpty() ? 0 : steps.getLast().segment();
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }
}
