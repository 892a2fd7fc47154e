package dev.stampguard.tool.django;

import dev.stampguard.tool.Revision;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What migrations need: the names in their files stand for others where migrations were squashed,
 * and for the first or the last one of an app.
 *
 * @param files all migrations that were read
 * @param squashed per squashed migration that is no revision what it stands for
 * @param apps the labels of the apps whose migrations are revisions
 * @param assumed revisions of which only a lock tells
 */
record Dependencies(
    Map<MigrationKey, MigrationFile> files,
    Map<MigrationKey, List<MigrationKey>> squashed,
    Set<String> apps,
    Collection<Revision> assumed) {
  /** What it needs of apps whose scripts are here. */
  Set<MigrationKey> needs(MigrationFile file) {
    var needs = new LinkedHashSet<MigrationKey>();
    for (MigrationKey named : file.dependencies()) {
      if (!apps.contains(named.app())) {
        continue;
      }
      switch (named.name()) {
        case MigrationKey.FIRST -> {
          first(named.app(), file.key()).forEach(needs::add);
          assumedFirst(named.app()).forEach(needs::add);
        }
        case MigrationKey.LATEST -> ends(named.app(), file.key()).forEach(needs::add);
        default -> needs.addAll(standing(named, new HashSet<>()));
      }
    }
    needs.remove(file.key());
    return needs;
  }

  /** What a name stands for: of a squashed migration the last ones that it replaces. */
  private Set<MigrationKey> standing(MigrationKey key, Set<MigrationKey> seen) {
    if (!seen.add(key)) {
      return Set.of();
    }
    if (!squashed.containsKey(key)) {
      return Set.of(successor(key));
    }
    var originals = new LinkedHashSet<>(squashed.get(key));
    originals.retainAll(files.keySet());
    var inner = new HashSet<MigrationKey>();
    originals.forEach(
        original ->
            files.get(original).dependencies().stream()
                .filter(originals::contains)
                .forEach(inner::add));
    var last = new LinkedHashSet<MigrationKey>();
    originals.stream()
        .filter(original -> !inner.contains(original))
        .forEach(original -> last.addAll(standing(original, seen)));
    return last;
  }

  /** The squashed migration that stands for one whose file is gone. */
  private MigrationKey successor(MigrationKey key) {
    if (files.containsKey(key)) {
      return key;
    }
    return files.values().stream()
        .filter(file -> file.replaces().contains(key))
        .map(MigrationFile::key)
        .findFirst()
        .orElse(key);
  }

  private List<MigrationKey> first(String app, MigrationKey asking) {
    if (app.equals(asking.app())) {
      return List.of();
    }
    return revisionsOf(app).stream()
        .filter(key -> files.get(key).dependencies().stream().noneMatch(d -> d.app().equals(app)))
        .limit(1)
        .toList();
  }

  private List<MigrationKey> assumedFirst(String app) {
    return assumed.stream()
        .filter(revision -> revision.strand().equals(app) && revision.parents().isEmpty())
        .map(revision -> new MigrationKey(app, revision.id().substring(app.length() + 1)))
        .limit(1)
        .toList();
  }

  private List<MigrationKey> ends(String app, MigrationKey asking) {
    if (app.equals(asking.app())) {
      return List.of();
    }
    var followed = new HashSet<MigrationKey>();
    revisionsOf(app).forEach(key -> followed.addAll(files.get(key).dependencies()));
    return revisionsOf(app).stream().filter(key -> !followed.contains(key)).toList();
  }

  private List<MigrationKey> revisionsOf(String app) {
    return files.keySet().stream()
        .filter(key -> key.app().equals(app) && !squashed.containsKey(key))
        .toList();
  }
}
