package dev.stampguard.diagnosis;

import dev.stampguard.catalog.ObjectName;
import java.util.List;
import java.util.Objects;

/**
 * One thing that is wrong or worth knowing; one per code and connected group of revisions.
 *
 * @param code its stable code
 * @param severity how much it weighs here
 * @param title the failure in a few words
 * @param detail what was seen, in whole sentences a tired person understands
 * @param objects the objects concerned, sorted
 * @param revisions the revisions concerned, oldest first
 * @param hint what ends it
 */
public record Finding(
    FindingCode code,
    Severity severity,
    String title,
    String detail,
    List<ObjectName> objects,
    List<String> revisions,
    String hint) {
  public Finding {
    Objects.requireNonNull(code);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(title);
    Objects.requireNonNull(detail);
    objects = objects.stream().sorted().distinct().toList();
    revisions = List.copyOf(revisions);
    Objects.requireNonNull(hint);
  }
}
