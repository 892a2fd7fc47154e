package dev.stampguard.backup;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.lock.CatalogFingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Manifests as literals. */
public final class Manifests {
  private Manifests() {}

  static final DatabaseState STATE =
      new DatabaseState(
          new CatalogFingerprint("1f".repeat(32)),
          new TreeMap<>(
              Map.of(
                  "public.users", new TableState(3, "ab"),
                  "\"Odd \"\"x\".\"a.b\"", new TableState(0, ""))),
          List.of("a", "b"),
          "10:14:11,12",
          "7/16384",
          2);

  /** One that has everything. */
  static Manifest full(Instant created) {
    return new Manifest(
        "0.1.0",
        created,
        Manifest.Kind.AFFECTED,
        new Manifest.Place("shop", "::1", 5433),
        Optional.of(new Manifest.RevisionSpan(List.of(), List.of("a"), false)),
        Optional.of(
            new Manifest.Dump(
                "15.18 (Debian)",
                16,
                Optional.of(
                    new Manifest.LedgerTable(
                        new QualifiedName("meta", "alembic_version"), "version_num")),
                STATE,
                new TreeSet<>(List.of("public.users")))),
        List.of(new Manifest.EnvCopy("env/0-.env", "../.env", "ci", "staff", "rw-r-----")),
        List.of(new Manifest.StoredFile("env/0-.env", 12, "cd".repeat(32))));
  }

  /** One without a database. */
  public static Manifest env(Instant created) {
    return new Manifest(
        "0.1.0",
        created,
        Manifest.Kind.ENV,
        new Manifest.Place("shop", "h", 1),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
