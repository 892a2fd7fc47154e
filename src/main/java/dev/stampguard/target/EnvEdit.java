package dev.stampguard.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A change of one value in a file, so that it names another database. Holds no secret.
 *
 * @param file the file, absolute, as the project names it: it may be a link
 * @param name how messages call the file, for example {@code .env}
 * @param line the line of the setting that is changed, counted from 1
 * @param key the setting that is changed; where the URL takes the name over from another one, that
 *     other one
 * @param before the database it leads to
 * @param after the database it will lead to
 * @param sha256 digest of the file as it was read, 64 hex digits
 * @param remarks one sentence each about what else in the file changes along, or still names the
 *     database of before
 */
public record EnvEdit(
    Path file,
    String name,
    int line,
    String key,
    String before,
    String after,
    String sha256,
    List<String> remarks) {
  public EnvEdit {
    Objects.requireNonNull(file);
    Objects.requireNonNull(name);
    Objects.requireNonNull(key);
    Objects.requireNonNull(before);
    Objects.requireNonNull(after);
    Objects.requireNonNull(sha256);
    remarks = List.copyOf(remarks);
  }

  /** The place that is changed, for example {@code .env:3 DATABASE_URL}. */
  public String where() {
    return "%s:%s %s".formatted(name, line, key);
  }
}
