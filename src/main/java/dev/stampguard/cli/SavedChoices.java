package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.repair.plan.PlanOptions;
import dev.stampguard.service.repair.SavedPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds what is said beside {@code --apply FILE} against what the file says. */
final class SavedChoices {
  private final List<String> others = new ArrayList<>();

  private SavedChoices() {}

  /**
   * Requires that no option asks for another plan than the one that was saved.
   *
   * @throws StampguardException (usage) naming those that do
   */
  static void requireNoOther(SavedPlan saved, RepairOptions options, Optional<String> reference) {
    PlanOptions then = saved.options();
    var choices = new SavedChoices();
    choices.hold("--strategy", options.strategy, saved.strategy());
    choices.hold("--backup", options.backup, then.backup());
    choices.hold("--assume-applied", set(options.assumeApplied), then.decisions().assumeApplied());
    choices.hold("--run", set(options.run), then.decisions().run());
    choices.hold("--reference", reference.orElse(null), then.reference().orElse(null));
    choices.hold("--to", options.to, then.to().orElse(null));
    choices.hold("--copy-data", options.copyData ? true : null, then.copyData());
    choices.hold("--redefine", options.redefine ? true : null, then.redefine());
    choices.hold("--terminate", options.terminate ? true : null, then.terminate());
    choices.hold("--backfill", options.backfill, then.backfills());
    if (!choices.others.isEmpty()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the plan `%s` was made with another choice than %s"
              .formatted(saved.file(), Words.all(choices.others)),
          "leave that out, or make another plan with `stampguard repair --save %s`"
              .formatted(ShellWords.quote(saved.file().toString())));
    }
  }

  private static Set<String> set(List<String> values) {
    return values == null ? null : Set.copyOf(values);
  }

  private void hold(String option, Object given, Object saved) {
    if (given != null && !given.equals(saved)) {
      others.add(option);
    }
  }
}
