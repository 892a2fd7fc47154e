package dev.stampguard.service.repair;

import dev.stampguard.catalog.ReferentialIntegrity.Result;
import dev.stampguard.diagnosis.Words;
import java.util.List;

/** Says how the foreign keys of a database stand. */
final class Integrity {
  private Integrity() {}

  /**
   * One sentence, which names every foreign key that is broken or that PostgreSQL never looked at.
   *
   * @param results of every foreign key there is
   */
  static String sentence(List<Result> results) {
    List<Result> broken = results.stream().filter(result -> result.orphans() > 0).toList();
    List<String> unproven =
        results.stream()
            .filter(result -> result.orphans() == 0 && !result.validated())
            .map(result -> result.constraint().toString())
            .toList();
    String all = Words.count(results.size(), "foreign key");
    String told =
        broken.isEmpty()
            ? all + ", no row that breaks one"
            : "%s, of which %s: %s"
                .formatted(
                    all,
                    broken.size() == 1 ? "one is broken" : broken.size() + " are broken",
                    String.join(", ", broken.stream().map(Integrity::broken).toList()));
    return unproven.isEmpty()
        ? told
        : "%s; PostgreSQL never validated %s".formatted(told, Words.names(unproven));
  }

  private static String broken(Result result) {
    return "`%s` has %s at nothing (%s)"
        .formatted(
            result.constraint(),
            result.orphans() == 1 ? "1 row that points" : result.orphans() + " rows that point",
            String.join("; ", result.samples()));
  }
}
