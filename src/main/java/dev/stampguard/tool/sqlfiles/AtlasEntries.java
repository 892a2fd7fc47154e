package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerRow;
import dev.stampguard.tool.ledger.Said;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the rows of Atlas's ledger say. A file's hash is that of all files up to it, so one that was
 * edited changes those of all that follow.
 */
final class AtlasEntries implements LedgerEntries {
  /** The row with the identity of the table itself begins with it. */
  private static final String OWN = ".";

  private static final String BASELINE = "1";

  private final Migrations migrations;
  private final Migrations all;
  private final Map<String, String> hashes;
  private final Map<String, Map<String, String>> hashesWithout = new HashMap<>();

  /**
   * @param migrations those that are revisions
   * @param all the same with every checkpoint
   */
  AtlasEntries(Migrations migrations, Migrations all) {
    this.migrations = migrations;
    this.all = all;
    this.hashes = chain(all.byId().values().stream().toList());
  }

  /** As {@code NewHashFile} computes it. */
  private static Map<String, String> chain(List<MigrationFile> files) {
    var hashes = new HashMap<String, String>();
    MessageDigest digest = Hashes.digest("SHA-256");
    for (MigrationFile file : files) {
      digest.update(ScriptFiles.name(file.file()).getBytes(StandardCharsets.UTF_8));
      if (file.text().lines().findFirst().filter(l -> l.endsWith("atlas:sum ignore")).isPresent()) {
        continue;
      }
      digest.update(file.text().getBytes(StandardCharsets.UTF_8));
      hashes.put(file.id(), Base64.getEncoder().encodeToString(copy(digest)));
    }
    return hashes;
  }

  private static byte[] copy(MessageDigest digest) {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // The JDK's own can be cloned.
    }
  }

  @Override
  public List<String> order() {
    return migrations.order();
  }

  @Override
  public Said said(LedgerRow row) {
    String version = row.text("version");
    if (version.startsWith(OWN)) {
      return new Said(version, Said.Kind.NOTHING);
    }
    if (isBaseline(row)) {
      return new Said(version, Said.Kind.APPLIED);
    }
    String revision = standsFor(version);
    boolean isWhole = row.text("applied").equals(row.text("total"));
    boolean isWithoutError = row.isNull("error") || row.text("error").isEmpty();
    if (!isWhole || !isWithoutError) {
      return new Said(revision, Said.Kind.FAILED);
    }
    if (!revision.equals(version)) {
      return new Said(revision, Said.Kind.APPLIED);
    }
    Optional<String> hash = Optional.ofNullable(hashes.get(version));
    boolean isOther =
        hash.isPresent()
            && !hash.get().equals(row.text("hash"))
            && !isFromBeforeAnother(version, row.text("hash"));
    return new Said(version, isOther ? Said.Kind.EDITED : Said.Kind.APPLIED);
  }

  /**
   * The revision that a row is about: of a checkpoint that is none the last one before it, of a
   * file that is gone the checkpoint that stands for it.
   */
  private String standsFor(String version) {
    if (migrations.find(version).isPresent() || order().isEmpty()) {
      return version;
    }
    String first = order().getFirst();
    if (all.find(version).isPresent()) {
      return order().stream()
          .filter(id -> id.compareTo(version) < 0)
          .reduce((one, next) -> next)
          .orElse(version);
    }
    return version.compareTo(first) < 0 && Atlas.isCheckpoint(migrations.get(first))
        ? first
        : version;
  }

  private boolean isCheckpoint(String version) {
    return all.find(version).filter(Atlas::isCheckpoint).isPresent();
  }

  /** Whether it is right but for one file before it, which came later. */
  private boolean isFromBeforeAnother(String version, String hash) {
    for (String other : all.order()) {
      if (other.equals(version)) {
        return false;
      }
      Map<String, String> without =
          hashesWithout.computeIfAbsent(
              other,
              id ->
                  chain(
                      all.byId().values().stream().filter(file -> !file.id().equals(id)).toList()));
      if (hash.equals(without.get(version))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBaseline(LedgerRow row) {
    return BASELINE.equals(row.text("type"));
  }

  @Override
  public Set<String> implied(LedgerRow row) {
    return isBaseline(row) || isCheckpoint(row.text("version"))
        ? order().stream()
            .filter(id -> id.compareTo(row.text("version")) <= 0)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** Behind a file that is new or was edited every hash is another one, and says nothing. */
  @Override
  public Set<String> edited(Set<String> edited, Set<String> recorded) {
    for (String id : order()) {
      if (!recorded.contains(id)) {
        return Set.of();
      }
      if (edited.contains(id)) {
        return Set.of(id);
      }
    }
    return Set.of();
  }

  @Override
  public Map<String, String> values(QualifiedName table, String revision) {
    MigrationFile file = migrations.get(revision);
    int statements = Atlas.pieces(file).size();
    var values = new LinkedHashMap<String, String>();
    values.put("version", LedgerEntries.literal(revision));
    values.put("description", LedgerEntries.literal(description(file)));
    values.put("applied", Integer.toString(statements));
    values.put("total", Integer.toString(statements));
    values.put("executed_at", "clock_timestamp()");
    values.put("execution_time", "0");
    values.put("error", "''");
    values.put("error_stmt", "''");
    values.put("hash", LedgerEntries.literal(hashes.getOrDefault(revision, "")));
    values.put("partial_hashes", "'null'");
    values.put(
        "operator_version",
        "coalesce((SELECT operator_version FROM %s ORDER BY executed_at DESC LIMIT 1), 'stampguard')"
            .formatted(table));
    return values;
  }

  private static String description(MigrationFile file) {
    String name = ScriptFiles.name(file.file()).replaceFirst("\\.sql$", "");
    int separator = name.indexOf('_');
    return separator < 0 ? "" : name.substring(separator + 1);
  }

  @Override
  public Map<String, String> corrected(String revision) {
    return Map.of("hash", LedgerEntries.literal(hashes.getOrDefault(revision, "")));
  }

  @Override
  public String prepare(QualifiedName table, String revision) {
    return "DELETE FROM %s WHERE version = %s".formatted(table, LedgerEntries.literal(revision));
  }

  /** Unless it is told {@code --exec-order}. */
  @Override
  public boolean isLateRefused() {
    return true;
  }
}
