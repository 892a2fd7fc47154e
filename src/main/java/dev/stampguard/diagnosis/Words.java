package dev.stampguard.diagnosis;

import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.List;
import java.util.stream.Collectors;

/** Small pieces of English that details and reasons share. */
public final class Words {
  private static final int MOST_NAMES = 4;

  private Words() {}

  /** {@code 1 table}, {@code 16 tables}. */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Names in backticks, the first few of a long list: {@code `a`, `b` and 3 more}. */
  public static String names(List<?> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown =
        String.join("`, `", names.stream().limit(MOST_NAMES).map(Object::toString).toList());
    int more = names.size() - MOST_NAMES;
    return "`" + shown + "`" + (more > 0 ? " and " + more + " more" : "");
  }

  /** All of a short list of names, in backticks: {@code `a`, `b`}. */
  public static String all(List<?> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  /** The heads of a state; base when there are none. */
  public static String state(List<String> heads) {
    return heads.isEmpty() ? "base (nothing applied)" : names(heads);
  }

  /** An interval in words. */
  public static String state(TrueState state) {
    return state.exact()
        ? state(state.lower())
        : "between " + state(state.lower()) + " and " + state(state.upper());
  }

  /** A revision by its id, with its message where it has one. */
  public static String revision(RevisionGraph graph, String id) {
    return graph
        .find(id)
        .map(Revision::message)
        .filter(message -> !message.isEmpty())
        .map(message -> "`%s` (%s)".formatted(id, message))
        .orElse("`" + id + "`");
  }

  /** Where a chain breaks and for want of what, without a full stop. */
  public static String gap(RevisionGraph graph, ChainGap gap) {
    return "%s%s needs `%s`, %s"
        .formatted(
            graph.find(gap.revision()).map(r -> r.file() + ":" + gap.line() + ": ").orElse(""),
            revision(graph, gap.revision()),
            gap.needs(),
            whereItIs(graph, gap));
  }

  private static String whereItIs(RevisionGraph graph, ChainGap gap) {
    if (isMadeBefore(graph, gap)) {
      return "which is gone by then (%s created it)".formatted(names(gap.creators()));
    }
    return gap.creators().isEmpty()
        ? "which nothing before it creates and no other revision either"
        : "which nothing before it creates (only %s does)".formatted(names(gap.creators()));
  }

  /** Whether what a revision lacks was made by one that runs before it. */
  public static boolean isMadeBefore(RevisionGraph graph, ChainGap gap) {
    return gap.creators().stream().anyMatch(graph.closure(List.of(gap.revision()))::contains);
  }
}
