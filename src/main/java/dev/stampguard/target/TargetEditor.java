package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.TracedText.Range;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the file that decides which database is used name another one: exactly the name inside one
 * value changes, whatever the value's form. What was edited is read again before it is written: it
 * must lead to the same server, role and parameters, and to the other database.
 */
public final class TargetEditor {
  private final TargetRequest request;

  /**
   * @param request what the choice of the target depends on
   */
  public TargetEditor(TargetRequest request) {
    this.request = Objects.requireNonNull(request);
  }

  /**
   * What was done.
   *
   * @param backup the copy of the file as it was
   * @param warnings one sentence each, for example that an editor has the file open
   */
  public record Applied(Path backup, List<String> warnings) {
    public Applied {
      Objects.requireNonNull(backup);
      warnings = List.copyOf(warnings);
    }
  }

  /** A change with the file's text before and after it, which are secret. */
  private record Prepared(EnvEdit edit, Target target, String before, String after) {
    @Override
    public String toString() {
      return edit.toString();
    }
  }

  /**
   * Says what would be changed; writes nothing.
   *
   * @param database the name of another database on the target's server
   * @throws StampguardException (usage) when no database is named now, or a source cannot be read;
   *     (refused) when no file decides which database is used, or the name cannot be written there
   */
  public EnvEdit plan(String database) {
    return prepare(database).edit();
  }

  /**
   * The database that a planned change leads to, with what a password file says of it.
   *
   * @throws StampguardException as {@link #plan} says
   */
  public Target target(EnvEdit edit) {
    return prepare(edit.after()).target();
  }

  /**
   * Makes a planned change: first a copy of the file, then the file itself, whole or not at all.
   *
   * @throws StampguardException (refused) when the file is not as it was when the change was
   *     planned, or cannot be replaced; nothing has changed then
   */
  public Applied apply(EnvEdit edit) {
    var replacement = new FileReplacement(edit.file(), edit.name());
    if (!FileReplacement.sha256(replacement.read()).equals(edit.sha256())) {
      throw replacement.changed();
    }
    Prepared prepared = prepare(edit.after());
    if (!prepared.edit().equals(edit)) {
      throw replacement.changed();
    }
    List<String> warnings = replacement.warnings();
    Path backup = replacement.replace(bytes(prepared.before()), bytes(prepared.after()));
    return new Applied(backup, warnings);
  }

  /** The request as it stands now that a file has changed. */
  public TargetRequest reread() {
    Optional<ToolUrl.Place> place = request.toolUrl().flatMap(ToolUrl::place);
    return place
        .map(
            file -> EnvFile.text(new FileReplacement(file.file(), file.name()).read(), file.name()))
        .map(text -> request.with(place.get().reader().apply(text)))
        .orElse(request);
  }

  private Prepared prepare(String database) {
    requirePlain(database);
    EditableFile file = EditableFile.naming(request, database);
    byte[] bytes = new FileReplacement(file.path(), file.name()).read();
    String text = EnvFile.text(bytes, file.name());
    Sources sources = file.sources(text);
    ConnectionSettings settings = sources.settings();
    String before = settings.get(ConnectionSettings.DATABASE).orElseThrow();
    if (before.equals(database)) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` leads to `%s` already".formatted(sources.strongest().source(), database),
          "name another database");
    }
    Naming naming = Naming.of(sources);
    Range range = naming.range(database);
    String written = range.assignment().quoting().write(naming.form().write(database));
    String edited = text.substring(0, range.start()) + written + text.substring(range.end());
    Sources after =
        new EditProof(sources, settings, range.assignment())
            .prove(() -> file.sources(edited), database)
            .orElseThrow(() -> cannotSay(naming, database));
    var edit =
        new EnvEdit(
            file.path(),
            file.name(),
            range.assignment().line(),
            range.assignment().key(),
            before,
            database,
            FileReplacement.sha256(bytes),
            EditRemarks.of(sources, naming, range.assignment(), before, database));
    Target target = after.strongest().complete(after.defaults()).target();
    return new Prepared(edit, target, text, edited);
  }

  private static StampguardException cannotSay(Naming naming, String database) {
    return new StampguardException(
        ExitCode.REFUSED,
        "`%s` cannot be made to name `%s` without changing what else it says"
            .formatted(naming.source(), database),
        "write `%s` into it by hand".formatted(database));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Names with control characters are possible, and nobody means them. */
  private static void requirePlain(String database) {
    if (database.isBlank() || database.chars().anyMatch(Character::isISOControl)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "that is not the name of a database",
          "name a database of the target's server, as `psql -l` lists it");
    }
  }
}
