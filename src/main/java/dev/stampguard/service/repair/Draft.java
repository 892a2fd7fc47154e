package dev.stampguard.service.repair;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.repair.plan.PlanDraft;
import dev.stampguard.service.TargetSwitch;
import dev.stampguard.service.recreate.Recreation;
import dev.stampguard.target.EnvEdit;
import dev.stampguard.target.Target;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a strategy would do, and with what.
 *
 * @param plan its steps
 * @param only the objects that may change; empty when the revisions that run decide that
 * @param means what carries the steps out
 */
record Draft(PlanDraft plan, Optional<Set<ObjectName>> only, Means means) {
  Draft {
    Objects.requireNonNull(plan);
    only = only.map(Set::copyOf);
    Objects.requireNonNull(means);
  }

  /** What carries a strategy's steps out. The closed list. */
  sealed interface Means {
    /** Transactions in the target itself, tried on a copy of its schema before. */
    record InPlace(StepTransactions transactions) implements Means {}

    /** A new database beside the target, which takes over its name. */
    record InNewDatabase(Recreation recreation) implements Means {}

    /** One value in a file, which then leads to the next target; the present one stays as it is. */
    record InFile(TargetSwitch targetSwitch, EnvEdit edit, Target next) implements Means {}
  }
}
