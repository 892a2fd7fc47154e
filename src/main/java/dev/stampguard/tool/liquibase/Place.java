package dev.stampguard.tool.liquibase;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where something of a changelog is read.
 *
 * @param name the changelog as it was included
 * @param logical the same as the ledger has it
 * @param file where it is
 * @param contexts of it and of all that includes it
 * @param labels likewise
 */
record Place(String name, String logical, Path file, List<String> contexts, List<String> labels) {
  Place {
    contexts = List.copyOf(contexts);
    labels = List.copyOf(labels);
  }

  /** The inside of a changelog that is included here, or that is the first one. */
  Place inside(Node changelog) {
    return new Place(
        name,
        changelog.value("logicalFilePath").map(ChangelogReader::normal).orElse(logical),
        file,
        contexts(changelog),
        labels(changelog));
  }

  /** The contexts that count for what stands here: each has to hold. */
  List<String> contexts(Node node) {
    return with(
        contexts,
        node.value("contextFilter")
            .or(() -> node.value("context"))
            .or(() -> node.value("contexts")));
  }

  /** Its labels with those of all that includes it. */
  List<String> labels(Node node) {
    return with(labels, node.value("labels").or(() -> node.value("label")));
  }

  private static List<String> with(List<String> some, Optional<String> another) {
    return Stream.concat(some.stream(), another.stream()).toList();
  }

  /** How the ledger names a file that is written here. */
  String named(String written, boolean isRelative) {
    if (!isRelative) {
      return ChangelogReader.normal(written);
    }
    int slash = name.lastIndexOf('/');
    String beside = slash < 0 ? written : name.substring(0, slash + 1) + written;
    return ChangelogReader.normal(Path.of(ChangelogReader.normal(beside)).normalize().toString());
  }
}
