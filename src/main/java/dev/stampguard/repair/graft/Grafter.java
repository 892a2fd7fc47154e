package dev.stampguard.repair.graft;

import dev.stampguard.catalog.QualifiedName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Thinks a graft out. What it has to know is asked for step by step: first the traits of the
 * objects it names, until it names no further ones, then the archive of the source, then the
 * statements of the entries it lists.
 *
 * <p>Whole objects come from the archive. What {@code pg_dump} writes as a part of something that
 * is there already, it has no entry for: columns, checks within a table, defaults and the like are
 * made by the statements that come with their traits.
 */
public final class Grafter {
  private final GraftWish wish;
  private final Inventory source;
  private final Inventory target;
  private Traits wanted = new Traits(List.of());
  private Traits present = new Traits(List.of());
  private Choice choice;

  public Grafter(GraftWish wish, Inventory source, Inventory target) {
    this.wish = Objects.requireNonNull(wish);
    this.source = Objects.requireNonNull(source);
    this.target = Objects.requireNonNull(target);
    this.choice = Choice.of(wish, source, target, wanted, present);
  }

  /** The oids of source objects whose traits it has to know, as far as it can tell by now. */
  public Set<Long> wantedObjects() {
    return choice.wantedObjects();
  }

  /** The oids of target objects whose traits it has to know. */
  public Set<Long> presentObjects() {
    var oids = new HashSet<Long>();
    wish.redefine().stream()
        .flatMap(name -> target.find(name).stream())
        .forEach(item -> oids.add(Choice.owner(target, item)));
    return oids;
  }

  /**
   * Learns the traits it asked for; all of them, each time.
   *
   * @param ofSource of {@link #wantedObjects()}
   * @param ofTarget of {@link #presentObjects()}
   */
  public void learn(Collection<Trait> ofSource, Collection<Trait> ofTarget) {
    wanted = new Traits(ofSource);
    present = new Traits(ofTarget);
    choice = Choice.of(wish, source, target, wanted, present);
  }

  /** Existing tables it has something to do with. */
  public Set<QualifiedName> touchedTables() {
    return choice.touchedTables();
  }

  /** What {@code pg_restore --use-list} takes to write the statements it needs. */
  public String list(TableOfContents contents) {
    return contents.list(new ChosenEntries(choice, source, contents).numbers());
  }

  /**
   * The graft.
   *
   * @param script what {@code pg_restore} wrote for the list
   */
  public Graft graft(TableOfContents contents, DumpScript script, Facts facts) {
    var sides = new Assembly.Sides(source, target, wanted);
    return new Assembly(choice, sides, contents, script, facts, wish.backfills()).assemble();
  }
}
