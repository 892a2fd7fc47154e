package dev.stampguard.tool.command;

import dev.stampguard.target.Target;
import dev.stampguard.tool.process.ChildUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The command that runs migrations of a project.
 *
 * <p>{@code {revision}} in a word stands for the id of the revision that is to run, {@code {file}}
 * for its script, relative to the project; {@code {url}} stands for the URL of the database,
 * without its password, because others see the words of a command, and {@code {host}}, {@code
 * {port}}, {@code {user}} and {@code {database}} for its parts. The tool may know more of the kind.
 *
 * @param words the program and its arguments
 * @param directory where it runs
 * @param environment what it inherits, before everything that names a database in it is pointed at
 *     the one it is to run in
 * @param urlVariable the variable in which the project looks for its database
 * @param shield keeps it from other databases, as far as its language lets us
 * @param limit how long one revision may take
 */
public record ProjectCommand(
    List<String> words,
    Path directory,
    Map<String, String> environment,
    String urlVariable,
    Shield shield,
    Duration limit) {
  public ProjectCommand {
    words = List.copyOf(words);
    Objects.requireNonNull(directory);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(urlVariable);
    Objects.requireNonNull(shield);
    Objects.requireNonNull(limit);
  }

  /**
   * Whether it says which revision is to run; otherwise it runs all that are pending.
   *
   * @param placeholders those that stand for something of the revision
   */
  boolean namesRevision(Set<String> placeholders) {
    return placeholders.stream()
        .anyMatch(placeholder -> words.stream().anyMatch(word -> word.contains(placeholder)));
  }

  /**
   * The words for one revision.
   *
   * @param values placeholders with their braces, and what they stand for
   */
  List<String> words(Map<String, String> values, Target database) {
    Target.Endpoint endpoint = database.endpoints().getFirst();
    var all = new LinkedHashMap<>(values);
    all.put("{url}", ChildUrl.withoutPassword(database));
    all.put("{host}", endpoint.host());
    all.put("{port}", Integer.toString(endpoint.port()));
    all.put("{user}", database.user());
    all.put("{database}", database.database());
    return words.stream()
        .map(
            word -> {
              String filled = word;
              for (Map.Entry<String, String> value : all.entrySet()) {
                filled = filled.replace(value.getKey(), value.getValue());
              }
              return filled;
            })
        .toList();
  }

  /** Its words as somebody wrote them, placeholders and all. */
  String line() {
    return String.join(" ", words);
  }
}
