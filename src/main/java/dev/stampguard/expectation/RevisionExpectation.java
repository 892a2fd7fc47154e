package dev.stampguard.expectation;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.SchemaAlias;
import dev.stampguard.tool.ForeignRelations;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one revision must leave behind.
 *
 * @param revision its id
 * @param effects what it does, at most one per object
 * @param exact false when something it does could not be read; its effects are then not complete
 * @param unread what could not be read, one sentence each with its line; empty when exact
 */
public record RevisionExpectation(
    String revision, List<Effect> effects, boolean exact, List<Unread> unread) {
  public RevisionExpectation {
    Objects.requireNonNull(revision);
    effects = List.copyOf(effects);
    unread = List.copyOf(unread);
  }

  /** As {@link Expectation#in}. */
  RevisionExpectation in(SchemaAlias alias, Predicate<QualifiedName> stays) {
    return new RevisionExpectation(
        revision,
        effects.stream()
            .map(
                effect ->
                    stays.test(effect.object().home(effect.relation()))
                        ? effect
                        : new Effect(
                            alias.name(effect.object()),
                            effect.relation().map(alias::name),
                            effect.before(),
                            effect.after()))
            .toList(),
        exact,
        unread);
  }

  /** As {@link Expectation#without}. */
  RevisionExpectation without(ForeignRelations others) {
    List<Effect> rest =
        effects.stream()
            .filter(
                effect ->
                    (effect.relation().isEmpty() && !effect.object().kind().isRelation())
                        || !others.contains(effect.object().home(effect.relation()).name()))
            .toList();
    return rest.size() == effects.size()
        ? this
        : new RevisionExpectation(revision, rest, exact, unread);
  }

  /**
   * A piece of a script that could not be read.
   *
   * @param line 1-based line in the script
   * @param reason one sentence without a full stop
   * @param setting the line of settings that would let the script be run; empty when nothing is
   *     lacking for that
   */
  public record Unread(int line, String reason, Optional<String> setting) {
    public Unread {
      Objects.requireNonNull(reason);
      Objects.requireNonNull(setting);
    }

    /** A piece of a script that can be run. */
    public Unread(int line, String reason) {
      this(line, reason, Optional.empty());
    }
  }
}
