package dev.stampguard.tool.django;

import java.util.Comparator;
import java.util.Objects;

/**
 * How Django names a migration.
 *
 * @param app the label of its app
 * @param name its file's name without the suffix
 */
record MigrationKey(String app, String name) implements Comparable<MigrationKey> {
  /** Stands in a dependency for the migration that an app begins with. */
  static final String FIRST = "__first__";

  /** Stands in a dependency for the migration that an app ends with. */
  static final String LATEST = "__latest__";

  private static final Comparator<MigrationKey> ORDER =
      Comparator.comparing(MigrationKey::app).thenComparing(MigrationKey::name);

  MigrationKey {
    Objects.requireNonNull(app);
    Objects.requireNonNull(name);
  }

  /** The migration that a revision is. */
  static MigrationKey of(String id) {
    int dot = id.indexOf('.');
    return new MigrationKey(id.substring(0, dot), id.substring(dot + 1));
  }

  /** The revision's id. */
  String id() {
    return app + "." + name;
  }

  @Override
  public int compareTo(MigrationKey other) {
    return ORDER.compare(this, other);
  }
}
