package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import java.util.Optional;

/**
 * One line about one object: what one revision made of it.
 *
 * <pre>
 * object  relation  +  revision            hash  text
 * object  relation  ~  revision  previous  hash  text
 * object  relation  -  revision  previous
 * </pre>
 *
 * <p>{@code previous} is the revision whose version ends here, so that a version lives from the
 * revision of its own line to the revision of the line that names it as previous. A later revision
 * only ever adds lines: were the end written into the line that it ends, two branches that alter
 * neighbouring columns would conflict. When no line holds the version that ends here, previous is
 * empty and its hash and text close the line.
 *
 * @param name the object
 * @param revision the revision that wrote this version or ended the last
 * @param previous the revision whose line holds {@code before}; empty when none does
 * @param before the definition before the revision; empty when the object did not exist
 * @param after the definition after the revision; empty when it no longer exists
 */
record ObjectLine(
    LockedName name,
    String revision,
    Optional<String> previous,
    Optional<Definition> before,
    Optional<Definition> after) {
  private static final String CREATED = "+";
  private static final String ALTERED = "~";
  private static final String DROPPED = "-";

  /** Stands where a relation would, when the object's name tells of one it does not live in. */
  private static final String NO_RELATION = "-";

  Effect effect() {
    return new Effect(name.object(), name.relation(), before, after);
  }

  String write() {
    var line = new StringBuilder(160);
    line.append(LockText.escape(name.object().toString())).append('\t');
    line.append(LockText.escape(relation())).append('\t');
    line.append(before.isEmpty() ? CREATED : after.isEmpty() ? DROPPED : ALTERED).append('\t');
    line.append(LockText.escape(revision));
    if (before.isPresent()) {
      line.append('\t').append(LockText.escape(previous.orElse("")));
    }
    after.ifPresent(made -> line.append('\t').append(DefinitionText.write(made)));
    if (previous.isEmpty()) {
      before.ifPresent(gone -> line.append('\t').append(DefinitionText.write(gone)));
    }
    return line.append('\n').toString();
  }

  /** Empty where the object's name says it all. */
  private String relation() {
    return name.relation().equals(LockedName.relationIn(name.object()))
        ? ""
        : name.relation().map(QualifiedName::toString).orElse(NO_RELATION);
  }

  /**
   * Reads a line whose first field is already read.
   *
   * @param versions the lines before it
   * @throws IllegalArgumentException when the line cannot be understood
   * @throws BrokenLine when it contradicts the lines before it
   */
  static ObjectLine read(String first, LockLine line, ObjectVersions versions) {
    ObjectName object = NameText.object(LockText.unescape(first));
    var name = new LockedName(object, readRelation(object, line.field()));
    versions.moveTo(name);
    String operation = line.rawField();
    String revision = line.field();
    Optional<String> previous = Optional.empty();
    if (!operation.equals(CREATED)) {
      previous = Optional.of(line.field()).filter(id -> !id.isEmpty());
    }
    Optional<Definition> after = Optional.empty();
    if (!operation.equals(DROPPED)) {
      after = Optional.of(DefinitionText.read(line));
    }
    Optional<Definition> before =
        switch (operation) {
          case CREATED -> Optional.empty();
          case ALTERED, DROPPED ->
              Optional.of(
                  previous
                      .map(id -> versions.end(id, revision))
                      .orElseGet(() -> DefinitionText.read(line)));
          default -> throw new BrokenLine("has an unknown operation `%s`".formatted(operation));
        };
    line.expectEnd();
    var read = new ObjectLine(name, revision, previous, before, after);
    versions.add(read);
    return read;
  }

  private static Optional<QualifiedName> readRelation(ObjectName name, String field) {
    return switch (field) {
      case "" -> LockedName.relationIn(name);
      case NO_RELATION -> Optional.empty();
      default -> Optional.of(NameText.relation(field));
    };
  }
}
