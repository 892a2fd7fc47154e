package dev.stampguard.target;

import dev.stampguard.StampguardException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody who changes one value of a file should know about the rest of it. */
final class EditRemarks {
  private EditRemarks() {}

  /**
   * One sentence each; none holds a value.
   *
   * @param sources what was read
   * @param naming what says the database's name
   * @param edited the assignment that is edited
   * @param before the database it names
   * @param after the database it is to name
   */
  static List<String> of(
      Sources sources, Naming naming, Provenance.Assignment edited, String before, String after) {
    var remarks = new ArrayList<String>();
    if (naming.form() == DatabaseSpot.Form.URL && !naming.form().write(after).equals(after)) {
      remarks.add(
          "the name needs percent-encoding in a URL, which SQLAlchemy before 2.1 does not decode");
    }
    sources
        .envFile()
        .ifPresent(
            file ->
                file.entries().stream()
                    .filter(entry -> !file.where(entry).equals(naming.source()))
                    .forEach(entry -> about(file, entry, edited, before).ifPresent(remarks::add)));
    return remarks;
  }

  private static Optional<String> about(
      EnvFile file, EnvFile.Entry entry, Provenance.Assignment edited, String before) {
    boolean isEdited = entry.line() == edited.line() && entry.key().equals(edited.key());
    if (entry.isFrom(edited)) {
      return isEdited
          ? Optional.empty()
          : Optional.of(
              "`%s` takes in `%s` and changes with it".formatted(file.where(entry), edited.key()));
    }
    return names(entry, before)
        ? Optional.of("`%s` still names `%s`".formatted(file.where(entry), before))
        : Optional.empty();
  }

  private static boolean names(EnvFile.Entry entry, String database) {
    try {
      return entry
          .value()
          .filter(value -> Candidates.isPostgresUrl(value.text()))
          .flatMap(
              value ->
                  DatabaseUrl.parse(value.text(), entry.key()).get(ConnectionSettings.DATABASE))
          .filter(database::equals)
          .isPresent();
    } catch (StampguardException e) {
      return false;
    }
  }
}
