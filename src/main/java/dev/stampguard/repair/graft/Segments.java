package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.repair.Hazard;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where a graft has to be committed in between: a value added to an enum is not to be used
 * before (55P04). They come first, so that one cut is enough, and none is when nobody uses one.
 */
final class Segments {
  private static final Pattern ADDED = Pattern.compile(" ADD VALUE ('(?:[^']|'')*')");

  private Segments() {}

  static List<GraftStatement> cut(List<GraftStatement> statements) {
    int added = 0;
    boolean isUsed = false;
    for (int at = 0; at < statements.size(); at++) {
      Optional<String> label = added(statements.get(at));
      if (label.isPresent()) {
        added = at + 1;
        isUsed |=
            statements.stream()
                .filter(statement -> added(statement).isEmpty())
                .anyMatch(statement -> statement.sql().contains(label.get()));
      }
    }
    if (!isUsed) {
      return statements;
    }
    var cut = new ArrayList<>(statements);
    GraftStatement last = cut.get(added - 1);
    var hazards = EnumSet.of(Hazard.NOT_ATOMIC);
    hazards.addAll(last.hazards());
    cut.set(
        added - 1,
        new GraftStatement(
            last.object(),
            last.sql(),
            last.inverse(),
            hazards,
            Optional.of("PostgreSQL lets nobody use a new value before it is committed"),
            last.validates(),
            true));
    return cut;
  }

  private static Optional<String> added(GraftStatement statement) {
    Matcher added = ADDED.matcher(statement.sql());
    return statement.object().kind() == ObjectKind.TYPE
            && statement.sql().startsWith("ALTER TYPE ")
            && added.find()
        ? Optional.of(added.group(1))
        : Optional.empty();
  }
}
