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
  /** Oids of types and of the operator classes that btree indexes on them have by default. */
  private static final Map<Long, Long> OPERATOR_CLASSES =
      Map.of(
          23L, 1978L, // integer
          21L, 1979L, // smallint
          1082L, 3122L, // date
          701L, 3123L, // double precision
          20L, 3124L, // bigint
          1700L, 3125L, // numeric
          25L, 3126L, // text
          1043L, 3126L, // character varying
          1184L, 3127L, // timestamp with time zone
          1114L, 3128L); // timestamp

  private static final String OPTION_SEPARATOR = "\u001f";

  /** Key words of some majors only: whether they are quoted depends on the server. */
  private static final Set<String> SOMETIMES_QUOTED =
      Set.of(
          "json",
          "json_array",
          "json_arrayagg",
          "json_exists",
          "json_object",
          "json_objectagg",
          "json_query",
          "json_scalar",
          "json_serialize",
          "json_table",
          "json_value",
          "merge_action",
          "system_user");

  /** A column by its relation's oid and its number. */
  private record Place(long relation, int number) {}

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
  private final Set<QualifiedName> including = new HashSet<>();
  private final Map<String, String> quoted = new HashMap<>();
  private boolean isWhole = true;

  /** Whether everything so far could be told. */
  boolean isWhole() {
    return isWhole;
  }

  void giveUpIf(boolean cannotTell) {
    isWhole &= !cannotTell;
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
    giveUpIf(parent == null);
    if (parent != null) {
      parents.computeIfAbsent(child, oid -> new ArrayList<>()).add(quote(parent.name()));
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
    giveUpIf(expression == null);
    defaults.put(new Place(relation, number), expression);
  }

  void addNotValid(long relation, String number) {
    notValid.add(new Place(relation, Integer.parseInt(number)));
  }

  void addDomainConstraint(long domain, String name, String definition) {
    giveUpIf(definition == null);
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
        including.add(index.name());
      }
    }
  }

  // What becomes of it

  String quote(String identifier) {
    String known = quoted.get(identifier);
    if (known == null) {
      giveUpIf(SOMETIMES_QUOTED.contains(identifier));
      known = Identifiers.quote(identifier);
      quoted.put(identifier, known);
    }
    return known;
  }

  private String quote(QualifiedName name) {
    return quote(name.schema()) + "." + quote(name.name());
  }

  boolean isOwned(long sequence) {
    return ownedSequences.contains(sequence);
  }

  String sequence(long oid, ScannedRelation relation) {
    String definition = sequences.get(oid);
    giveUpIf(definition == null);
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
                text.append(" CONSTRAINT ").append(quote(name)).append(' ').append(definition));
    return text.toString();
  }

  String table(long oid, ScannedRelation relation) {
    ScannedRelation.Text said = relation.text();
    List<String> above = parents.getOrDefault(oid, List.of());
    boolean isPartitioned = relation.kind() == 'p';
    giveUpIf(
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
                : " replica identity using index " + quote(index));
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
          quote(column.name())
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
      giveUpIf(expression == null);
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

  /**
   * @param numbers of its columns, with spaces between them
   * @param index behind it; null when it went away
   */
  String primaryKey(ScannedRelation relation, String numbers, ScannedRelation index) {
    giveUpIf(index == null || including.contains(index.name()));
    return "PRIMARY KEY (" + columns(relation, numbers) + ")";
  }

  /**
   * @param numbers of its columns, with spaces between them
   * @param other what it refers to
   * @param otherNumbers of the columns it refers to
   * @param onDelete the letter of {@code confdeltype}
   */
  String foreignKey(
      ScannedRelation relation,
      String numbers,
      ScannedRelation other,
      String otherNumbers,
      char onDelete) {
    giveUpIf(other == null);
    if (other == null) {
      return "";
    }
    return "FOREIGN KEY ("
        + columns(relation, numbers)
        + ") REFERENCES "
        + quote(other.name())
        + "("
        + columns(other, otherNumbers)
        + ")"
        + switch (onDelete) {
          case 'r' -> " ON DELETE RESTRICT";
          case 'c' -> " ON DELETE CASCADE";
          case 'n' -> " ON DELETE SET NULL";
          case 'd' -> " ON DELETE SET DEFAULT";
          default -> "";
        };
  }

  /**
   * @param numbers of its columns, with spaces between them
   * @param classes oids of their operator classes, likewise
   */
  String index(
      ScannedRelation relation,
      ScannedRelation index,
      boolean isUnique,
      String numbers,
      String classes) {
    requireOwnClasses(relation, numbers.split(" "), classes.split(" "));
    return (isUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
        + quote(index.name().name())
        + " ON "
        + quote(relation.name())
        + " USING btree ("
        + columns(relation, numbers)
        + ")";
  }

  /** An operator class goes without saying only where it is the default of the very type. */
  private void requireOwnClasses(ScannedRelation relation, String[] numbers, String[] classes) {
    for (int i = 0; i < numbers.length; i++) {
      Optional<Long> type = relation.column(Integer.parseInt(numbers[i])).map(Column::typeOid);
      giveUpIf(!type.map(OPERATOR_CLASSES::get).equals(Optional.of(Long.valueOf(classes[i]))));
    }
  }

  private String columns(ScannedRelation relation, String numbers) {
    var names = new StringBuilder();
    for (String number : numbers.split(" ")) {
      Optional<Column> column = relation.column(Integer.parseInt(number));
      giveUpIf(column.isEmpty());
      names.append(names.isEmpty() ? "" : ", ");
      column.ifPresent(known -> names.append(quote(known.name())));
    }
    return names.toString();
  }
}
