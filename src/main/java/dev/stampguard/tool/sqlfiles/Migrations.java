package dev.stampguard.tool.sqlfiles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project's migrations by id.
 *
 * @param byId in order
 */
record Migrations(Map<String, MigrationFile> byId) {
  static Migrations of(List<MigrationFile> files) {
    var byId = new LinkedHashMap<String, MigrationFile>();
    files.forEach(file -> byId.putIfAbsent(file.id(), file));
    return new Migrations(byId);
  }

  List<String> order() {
    return List.copyOf(byId.keySet());
  }

  Optional<MigrationFile> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  MigrationFile get(String id) {
    return find(id).orElseThrow(() -> new IllegalStateException("no script makes " + id));
  }
}
