package dev.stampguard.diagnosis;

import static dev.stampguard.diagnosis.Words.count;
import static dev.stampguard.diagnosis.Words.names;

import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.tool.Revision;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about the chain of scripts: whether it can be read, run, and known at all. */
final class ChainRules extends Rules {
  private static final String NOBODY_KNOWS =
      "not known: nobody can tell what a recorded revision leaves behind";

  private final Unaccounted unaccounted;

  /** Revisions whose gap says as well that nobody can tell what they leave: one cause. */
  private final Set<String> told = new HashSet<>();

  ChainRules(Situation situation, Unaccounted unaccounted) {
    super(situation);
    this.unaccounted = unaccounted;
  }

  @Override
  void apply() {
    facts.graph().problems().stream().map(ScriptHistory::finding).forEach(this::add);
    facts.expectation().gaps().forEach(this::gap);
    unaccounted();
  }

  private void gap(ChainGap gap) {
    String id = gap.revision();
    String detail =
        Words.gap(facts.graph(), gap) + "; building a database from nothing stops there.";
    if (unaccounted.contains(id) && told.add(id)) {
      // Without an object: whoever accepts that it is made elsewhere does not know more for that.
      nobodyKnows(detail + " " + tellsNothing(id), List.of(id));
    } else {
      add(
          FindingCode.SG111,
          detail,
          List.of(gap.needs()),
          List.of(id),
          "do not drop and rebuild this database from its scripts; mend the chain first");
    }
  }

  private void unaccounted() {
    for (List<String> ids : groups(unaccounted.members())) {
      List<String> untold = ids.stream().filter(id -> !told.contains(id)).toList();
      if (!untold.isEmpty()) {
        nobodyKnows(whatIsKnown(untold), untold);
      }
    }
  }

  private void nobodyKnows(String detail, List<String> ids) {
    Optional<String> setting =
        ids.stream().flatMap(id -> unaccounted.setting(id).stream()).findFirst();
    add(
        FindingCode.SG111,
        Severity.ERROR,
        NOBODY_KNOWS,
        detail,
        List.of(),
        ids,
        setting.map(line -> missing(line, ids.getFirst())).orElseGet(this::hint));
  }

  private String whatIsKnown(List<String> ids) {
    String first = ids.getFirst();
    String detail =
        unaccounted
            .failure(first)
            .map(
                reason ->
                    "%s%s %s. %s"
                        .formatted(place(first), revisionName(first), reason, tellsNothing(first)))
            .orElseGet(
                () ->
                    "%sWhat %s leaves behind is known only when it runs%s, and nothing shows whether it did."
                        .formatted(place(first), revisionName(first), unread(first)));
    return ids.size() == 1
        ? detail
        : detail
            + " It is the same with %s: %s."
                .formatted(
                    count(ids.size() - 1, "other revision"), names(ids.subList(1, ids.size())));
  }

  private String tellsNothing(String id) {
    return "Its script does not tell either what it leaves behind" + unread(id) + ".";
  }

  private String unread(String id) {
    return unaccounted
        .unread(id)
        .map(piece -> " (line %s: %s)".formatted(piece.line(), piece.reason()))
        .orElse("");
  }

  /** Where to look in the script, to open a sentence. */
  private String place(String id) {
    Optional<Revision> revision = facts.graph().find(id);
    return revision
        .map(
            found ->
                "%s:%s: "
                    .formatted(
                        found.file(),
                        unaccounted.unread(id).map(piece -> piece.line()).orElse(found.line())))
        .orElse("");
  }

  private static String missing(String setting, String id) {
    return "say in `stampguard.properties` how the project runs it, for example `%s`; then `stampguard snapshot` sees what it does; or accept that it is not judged: `ignore=%s:revision %s # why`"
        .formatted(setting, FindingCode.SG111, id);
  }

  private String hint() {
    return switch (facts.expectation().source()) {
      case LOCK -> "`stampguard snapshot` runs the scripts, and says why one does not run";
      case REPLAY ->
          "mend the script so that it runs in an empty database, or judge by a database that is known to be right: `stampguard diagnose --reference DATABASE`";
      case REFERENCE, SCRIPTS ->
          "`stampguard diagnose --scratch auto` runs the scripts and looks at what they do";
    };
  }
}
