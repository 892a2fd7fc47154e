package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.tool.Revision;
import java.util.List;
import java.util.function.Function;

/** Objects that are not as they should be, each under the revisions whose effects they are. */
final class ObjectsByRevision {
  private final Claims claims;
  private final List<Group> groups;

  private ObjectsByRevision(Claims claims, List<Group> groups) {
    this.claims = claims;
    this.groups = groups;
  }

  /**
   * @param which the list of a revision to show; a revision that only waits to be applied owes
   *     nothing yet
   */
  static ObjectsByRevision of(
      Diagnosis diagnosis, Function<RevisionDiagnosis, List<ObjectName>> which) {
    var claims = new Claims(diagnosis);
    List<RevisionDiagnosis> ahead = claims.ahead();
    List<Group> groups =
        diagnosis.revisions().stream()
            .filter(revision -> revision.recorded() || ahead.contains(revision))
            .map(revision -> new Group(revision.revision(), which.apply(revision)))
            .filter(group -> !group.objects().isEmpty())
            .toList();
    return new ObjectsByRevision(claims, groups);
  }

  List<ObjectName> objects() {
    return groups.stream().map(Group::objects).flatMap(List::stream).distinct().toList();
  }

  /** A section, or nothing when there is nothing to show. */
  void write(Page page, String title, String relation) {
    if (groups.isEmpty()) {
      return;
    }
    page.heading(
        Phrase.of(Role.EMPHASIS, title)
            .plain(" ")
            .then(Count.byKind(objects()))
            .plain("," + relation));
    int left = Page.FOLD;
    int hidden = 0;
    for (Group group : groups) {
      List<ObjectName> shown = group.objects().subList(0, Math.min(left, group.objects().size()));
      if (!shown.isEmpty()) {
        page.paragraph(2, script(group.revision()));
        shown.forEach(object -> page.line(4, Phrase.of(object.toString())));
      }
      left -= shown.size();
      hidden += group.objects().size() - shown.size();
    }
    if (hidden > 0) {
      page.line(2, page.more(hidden));
    }
  }

  private Phrase script(Revision revision) {
    return claims
        .revision(revision.id())
        .plain(" in ")
        .with(Role.NAME, revision.file() + ":" + revision.line());
  }

  private record Group(Revision revision, List<ObjectName> objects) {}
}
