package dev.stampguard.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of where names without a schema went in one database. They went where the role that
 * migrated looked first, which need not be the one that is connected.
 *
 * @param own the schemas this connection searches by itself, in order
 * @param ledger the schema the ledger is in, when nothing but a search path put it there: it went
 *     the way of every other name
 * @param owners the schemas that the role which owns the ledger, or else the database, searches by
 *     itself as far as its settings say, in order
 */
public record SearchPaths(List<String> own, Optional<String> ledger, List<String> owners) {
  /** PostgreSQL's own. */
  private static final String USUAL = "public";

  /** What a session has whose {@code search_path} nobody set. */
  private static final String DEFAULT = "\"$user\", public";

  /** One name of a {@code search_path}: in quotes, in which two stand for one, or folded. */
  private static final Pattern NAME =
      Pattern.compile("\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\",\\s]+)");

  public SearchPaths {
    own = List.copyOf(own);
    Objects.requireNonNull(ledger);
    owners = List.copyOf(owners);
  }

  /**
   * The schemas that sessions of a role search by themselves, in order.
   *
   * @param role its name
   * @param setting the {@code search_path} that settings give its sessions; null when none does
   * @param usable schemas that exist and that it may use, those on its path among them
   */
  static List<String> ofRole(String role, String setting, Set<String> usable) {
    return NAME.matcher(setting == null ? DEFAULT : setting)
        .results()
        .map(
            name ->
                name.group(1) != null
                    ? name.group(1).replace("\"\"", "\"")
                    : name.group(2).toLowerCase(Locale.ROOT))
        .map(name -> name.equals("$user") ? role : name)
        .filter(usable::contains)
        .toList();
  }

  /** The schemas that names may have gone to, likeliest first; never empty. */
  List<String> candidates() {
    Optional<String> ownFirst = own.stream().findFirst();
    if (ledger.isPresent() && ledger.equals(ownFirst)) {
      return List.of(ledger.get());
    }
    List<String> candidates =
        Stream.of(ledger, ownFirst, owners.stream().findFirst())
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    return candidates.isEmpty() ? List.of(USUAL) : candidates;
  }

  /**
   * The search path of a session whose names go to a schema: this connection's own, or that of the
   * owner, if that is what they look through first.
   */
  public List<String> startingWith(String schema) {
    for (List<String> path : List.of(own, owners)) {
      if (path.contains(schema)) {
        return path.subList(path.indexOf(schema), path.size());
      }
    }
    var path = new ArrayList<String>(List.of(schema));
    path.addAll(own);
    return path;
  }
}
