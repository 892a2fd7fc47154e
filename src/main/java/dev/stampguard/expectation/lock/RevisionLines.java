package dev.stampguard.expectation.lock;

import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.RevisionExpectation.Unread;
import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words and lines about one revision that come before all object lines.
 *
 * <pre>
 * revision  id  digest  reading  script  fingerprint  parents  depends_on  labels  created  message  file  line
 * unread    id  line  reason
 * gap       id  line  object  creators
 * touched   id  object
 * </pre>
 *
 * <p>The digest is over every line that is the revision's own: its id, the rest of the first line
 * after the digest, then its other lines, object lines included, as the file has them. It tells a
 * hand edit and a line lost in a merge.
 */
final class RevisionLines {
  static final String REVISION = "revision";
  static final String UNREAD = "unread";
  static final String GAP = "gap";
  static final String TOUCHED = "touched";

  private RevisionLines() {}

  /** What stands in the first line after the digest, line end included. */
  static String rest(LockedRevision locked) {
    Revision revision = locked.revision();
    return String.join(
            "\t",
            Reading.of(locked.expectation()).word(),
            locked.script().hex(),
            locked.fingerprint().hex(),
            LockText.escapeAll(revision.parents()),
            LockText.escapeAll(revision.dependsOn()),
            LockText.escapeAll(revision.labels()),
            LockText.escape(revision.created().orElse("")),
            LockText.escape(revision.message()),
            LockText.escape(revision.file()),
            Integer.toString(revision.line()))
        + "\n";
  }

  /** The lines after the first. */
  static List<String> others(LockedRevision locked) {
    String id = LockText.escape(locked.revision().id());
    var lines = new ArrayList<String>();
    for (Unread unread : locked.expectation().map(RevisionExpectation::unread).orElse(List.of())) {
      lines.add(line(UNREAD, id, unread.line(), LockText.escape(unread.reason())));
    }
    for (ChainGap gap : locked.gaps()) {
      String needs = LockText.escape(gap.needs().toString());
      lines.add(line(GAP, id, gap.line(), needs + "\t" + LockText.escapeAll(gap.creators())));
    }
    locked
        .possiblyTouched()
        .forEach(
            object ->
                lines.add(TOUCHED + "\t" + id + "\t" + LockText.escape(object.toString()) + "\n"));
    return lines;
  }

  private static String line(String keyword, String id, int line, String rest) {
    return keyword + "\t" + id + "\t" + line + "\t" + rest + "\n";
  }

  /** Reads what a first line says of the revision's place, after its fingerprint. */
  static Revision revision(String id, LockLine line) {
    List<String> parents = line.list();
    List<String> dependsOn = line.list();
    List<String> labels = line.list();
    Optional<String> created = Optional.of(line.field()).filter(date -> !date.isEmpty());
    String message = line.field();
    String file = line.field();
    int declared = line.number();
    line.expectEnd();
    return new Revision(id, message, file, declared, parents, dependsOn, labels, created);
  }
}
