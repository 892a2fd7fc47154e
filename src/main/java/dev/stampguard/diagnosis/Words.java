package dev.stampguard.diagnosis;

import java.util.List;

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
}
