package dev.stampguard.service.graft;

import dev.stampguard.catalog.ForeignKey;
import dev.stampguard.catalog.ReferentialIntegrity;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.client.ClientPrograms;
import dev.stampguard.repair.graft.DumpScript;
import dev.stampguard.repair.graft.Facts;
import dev.stampguard.repair.graft.Graft;
import dev.stampguard.repair.graft.GraftWish;
import dev.stampguard.repair.graft.Grafter;
import dev.stampguard.repair.graft.TableOfContents;
import dev.stampguard.repair.graft.Trait;
import dev.stampguard.target.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Finds out how to give one database what another one has. Changes neither. */
public final class Grafting {
  private final PostgresConnector connector;
  private final String path;

  /**
   * @param path the variable {@code PATH}, where {@code pg_dump} is looked for
   */
  public Grafting(PostgresConnector connector, String path) {
    this.connector = Objects.requireNonNull(connector);
    this.path = Objects.requireNonNull(path);
  }

  /** What the transaction that runs a graft's statements has to begin with. */
  public static String settings() {
    return SqlResource.read("graft-settings");
  }

  /**
   * Plans a graft.
   *
   * @param source a database that has what the wish names as it should be
   * @param target the database that is to get it
   * @throws dev.stampguard.StampguardException (no access) when a database cannot be read or no
   *     {@code pg_dump} can read the source; (refused, passing) when a lock is in the way
   */
  public Graft plan(Target source, Target target, GraftWish wish) {
    if (wish.isEmpty()) {
      return new Graft(List.of(), List.of());
    }
    return new Orphans(connector, target).in(assemble(source, target, wish));
  }

  private Graft assemble(Target source, Target target, GraftWish wish) {
    try (var from = new Side(connector.open(source));
        var to = new Side(connector.open(target))) {
      var grafter = new Grafter(wish, from.inventory(), to.inventory());
      learn(grafter, from, to);
      List<ForeignKey> keys = from.run(ReferentialIntegrity.foreignKeys());
      var facts = new Facts(to.major(), to.filled(grafter.touchedTables()), keys);
      ClientPrograms programs = ClientPrograms.find(path, from.major());
      try (SchemaArchive archive = SchemaArchive.of(source, programs)) {
        TableOfContents contents = archive.contents();
        DumpScript script = archive.script(grafter.list(contents));
        return grafter.graft(contents, script, facts);
      }
    }
  }

  /** Reads traits until they name nothing further. */
  private static void learn(Grafter grafter, Side from, Side to) {
    List<Trait> present = to.traits(grafter.presentObjects(), to.major());
    Set<Long> known = new HashSet<>();
    Set<Long> asked = grafter.wantedObjects();
    while (!known.containsAll(asked)) {
      known.addAll(asked);
      grafter.learn(from.traits(known, to.major()), present);
      asked = grafter.wantedObjects();
    }
  }
}
