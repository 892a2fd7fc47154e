package dev.stampguard.catalog;

import dev.stampguard.catalog.ScannedRelation.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Definitions put together from plain columns, in the very words in which {@code
 * catalog-definitions.sql} has PostgreSQL print them.
 *
 * <p>Where the words may be others it gives up: there is no whole answer then.
 */
final class ScannedText {
  private static final String OPTION_SEPARATOR = "\u001f";

  /** A column by its relation's oid and its number. */
  private record Place(long relation, int number) {}

  private final ScannedNames names;
  private final ScannedKeys keys;
  private final Map<Long, String> sequences = new HashMap<>();
  private final Set<Long> ownedSequences = new HashSet<>();
  private final Map<Place, List<Long>> owned = new HashMap<>();
  private final Map<Place, String> defaults = new HashMap<>();

  /** By bytes: surrogates stand elsewhere among Java's characters. */
  private static final Comparator<String> AS_THE_SERVER =
      Comparator.comparing(
          (String name) -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final Set<Place> notValid = new HashSet<>();
  private final Map<Long, List<String>> parents = new HashMap<>();
  private final Map<Long, List<String>> labels = new HashMap<>();
  private final Map<Long, TreeMap<String, String>> domainConstraints = new HashMap<>();
  private final Map<QualifiedName, String> identities = new HashMap<>();

  ScannedText() {
    this.names = new ScannedNames();
    this.keys = new ScannedKeys(names);
  }

  /** Names, and whether everything so far could be told. */
  ScannedNames names() {
    return names;
  }

  /** Keys and indexes. */
  ScannedKeys keys() {
    return keys;
  }

  // What the scans bring

  void addSequence(long oid, String definition) {
    sequences.put(oid, definition);
  }

  void addOwned(long sequence, long relation, int number) {
    ownedSequences.add(sequence);
    owned.computeIfAbsent(new Place(relation, number), place -> new ArrayList<>()).add(sequence);
  }

  void addParent(long child, ScannedRelation parent) {
    // One of PostgreSQL's own, or temporary.
    names.giveUpIf(parent == null);
    if (parent != null) {
      parents.computeIfAbsent(child, oid -> new ArrayList<>()).add(names.quote(parent.name()));
    }
  }

  /**
   * @param literal quoted
   */
  void addLabel(long enumeration, String literal) {
    labels.computeIfAbsent(enumeration, oid -> new ArrayList<>()).add(literal);
  }

  void addDefault(long relation, int number, String expression) {
    // Null when it went away meanwhile.
    names.giveUpIf(expression == null);
    defaults.put(new Place(relation, number), expression);
  }

  void addNotValid(long relation, String number) {
    notValid.add(new Place(relation, Integer.parseInt(number)));
  }

  void addDomainConstraint(long domain, String name, String definition) {
    names.giveUpIf(definition == null);
    domainConstraints
        .computeIfAbsent(domain, oid -> new TreeMap<>(AS_THE_SERVER))
        .put(name, definition);
  }

  /**
   * Notes what is peculiar of an index; both are null when they are of no interest.
   *
   * @param includesMore whether it holds columns beside those it sorts by
   */
  void addPeculiar(
      ScannedRelation relation, ScannedRelation index, boolean isIdentity, boolean includesMore) {
    if (relation != null && index != null) {
      if (isIdentity) {
        identities.put(relation.name(), index.name().name());
      }
      if (includesMore) {
        keys.addIncluding(index.name());
      }
    }
  }

  // What becomes of it

  boolean isOwned(long sequence) {
    return ownedSequences.contains(sequence);
  }

  String sequence(long oid, ScannedRelation relation) {
    String definition = sequences.get(oid);
    names.giveUpIf(definition == null);
    return relation.text().isUnlogged() ? "unlogged " + definition : definition;
  }

  String enumeration(long oid) {
    return "enum (" + String.join(", ", labels.getOrDefault(oid, List.of())) + ")";
  }

  /**
   * @param fallback its default expression; null when it has none
   */
  String domain(long oid, String base, String fallback, boolean isNotNull) {
    var text = new StringBuilder("domain ").append(base);
    if (fallback != null) {
      text.append(" DEFAULT ").append(fallback);
    }
    if (isNotNull) {
      text.append(" NOT NULL");
    }
    domainConstraints
        .getOrDefault(oid, new TreeMap<>())
        .forEach(
            (name, definition) ->
                text.append(" CONSTRAINT ")
                    .append(names.quote(name))
                    .append(' ')
                    .append(definition));
    return text.toString();
  }

  String table(long oid, ScannedRelation relation) {
    ScannedRelation.Text said = relation.text();
    List<String> above = parents.getOrDefault(oid, List.of());
    boolean isPartitioned = relation.kind() == 'p';
    names.giveUpIf(
        (isPartitioned && said.body() == null)
            || (said.isPartition() && (said.bounds() == null || above.isEmpty())));
    var text = new StringBuilder(said.isUnlogged() ? "unlogged table" : "table");
    if (isPartitioned) {
      text.append(" partition by ").append(said.body());
    }
    if (said.isPartition()) {
      text.append(" partition of ").append(String.join(", ", above));
      text.append(' ').append(said.bounds());
    } else if (!above.isEmpty()) {
      text.append(" inherits ").append(String.join(", ", above));
    }
    text.append(said.security());
    switch (said.replicaIdentity()) {
      case 'n' -> text.append(" replica identity nothing");
      case 'f' -> text.append(" replica identity full");
      case 'i' -> {
        String index = identities.get(relation.name());
        text.append(
            index == null
                ? " replica identity nothing"
                : " replica identity using index " + names.quote(index));
      }
      default -> {
        // The usual one goes without saying.
      }
    }
    return text.toString();
  }

  String view(ScannedRelation relation, String signature) {
    var text = new StringBuilder(relation.kind() == 'v' ? "view" : "materialized view");
    text.append(" (").append(signature).append(')');
    String options = relation.text().options();
    if (options != null && !options.isEmpty()) {
      String[] each = options.split(OPTION_SEPARATOR);
      Arrays.sort(each);
      text.append(" with (").append(String.join(", ", each)).append(')');
    }
    return text.toString();
  }

  /** The columns of a view or of a composite type. */
  String signature(long oid, Map<Long, ScannedRelation> relations) {
    var columns = new ArrayList<String>();
    for (Column column : relations.get(oid).columns()) {
      String fallback = defaults.get(new Place(oid, column.number()));
      columns.add(
          names.quote(column.name())
              + " "
              + column.type()
              + (fallback == null ? "" : " DEFAULT " + fallback));
    }
    return String.join(", ", columns);
  }

  String column(long oid, ScannedRelation relation, Column column) {
    var place = new Place(oid, column.number());
    var text = new StringBuilder(column.type());
    String expression = defaults.get(place);
    if (!column.identity().isEmpty()) {
      if (!relation.text().isPartition()) {
        text.append(" GENERATED ").append(column.identity().equals("a") ? "ALWAYS" : "BY DEFAULT");
        text.append(" AS IDENTITY");
      }
    } else if (!column.generated().isEmpty()) {
      names.giveUpIf(expression == null);
      text.append(" GENERATED ALWAYS AS (").append(expression);
      text.append(column.generated().equals("s") ? ") STORED" : ") VIRTUAL");
    } else if (expression != null) {
      text.append(" DEFAULT ").append(expression);
    }
    if (column.isNotNull()) {
      text.append(" NOT NULL");
    }
    if (notValid.contains(place)) {
      text.append(" NOT VALID");
    }
    ownedBy(place).forEach(sequence -> text.append(" owns ").append(sequence));
    return text.toString();
  }

  private List<String> ownedBy(Place place) {
    List<Long> oids = owned.get(place);
    if (oids == null) {
      return List.of();
    }
    var definitions = new ArrayList<String>();
    for (Long oid : oids) {
      Optional.ofNullable(sequences.get(oid)).ifPresent(definitions::add);
    }
    Collections.sort(definitions);
    return definitions;
  }
}
