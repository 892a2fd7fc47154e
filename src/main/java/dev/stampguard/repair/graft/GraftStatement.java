package dev.stampguard.repair.graft;

import dev.stampguard.catalog.ForeignKey;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.repair.Hazard;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One statement of a graft. Names in it are qualified: it is to run with the settings of {@code
 * sql/graft-settings.sql}. It gives nobody anything and owns nothing: what it makes belongs to the
 * role that runs it.
 *
 * @param object what it is for
 * @param sql one statement, without a semicolon at its end
 * @param inverse the statement that takes it back; empty when that goes with an earlier statement's
 *     inverse, or when nothing takes it back
 * @param hazards what can hurt about it
 * @param remark what a person has to know about it, one sentence without a full stop
 * @param validates the foreign key whose rows it looks at, so that those which break it can be
 *     counted before; empty for every other statement
 * @param endsSegment whether PostgreSQL must commit it before a later statement can use what it
 *     made: a new value of an enum
 */
public record GraftStatement(
    ObjectName object,
    String sql,
    Optional<String> inverse,
    Set<Hazard> hazards,
    Optional<String> remark,
    Optional<ForeignKey> validates,
    boolean endsSegment) {
  public GraftStatement {
    Objects.requireNonNull(object);
    Objects.requireNonNull(sql);
    Objects.requireNonNull(inverse);
    var words = EnumSet.noneOf(Hazard.class);
    words.addAll(hazards);
    hazards = Collections.unmodifiableSet(words);
    Objects.requireNonNull(remark);
    Objects.requireNonNull(validates);
    if (endsSegment && !hazards.contains(Hazard.NOT_ATOMIC)) {
      throw new IllegalArgumentException("a segment that ends is not atomic");
    }
  }
}
