package dev.stampguard.tool.django;

import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Takes the place of an installed app's migration from what is known, without parsing it. */
final class UnchangedFile {
  /** A file with one of these says of its place what depends on settings or other files. */
  private static final List<String> TELLING =
      List.of("replaces", "run_before", "swappable_dependency", MigrationKey.LATEST);

  private UnchangedFile() {}

  /**
   * The migration without what it does; empty when it has to be parsed.
   *
   * @param others labels of apps that are not the project's: what those need of the project's own
   *     is said there, by {@code run_before}
   */
  static Optional<MigrationFile> find(
      MigrationKey key, Path file, String path, KnownScripts known, Predicate<String> others) {
    if (known.revisions().isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] content = Files.readAllBytes(file);
      String text = new String(content, StandardCharsets.ISO_8859_1);
      return known
          .find(path, content)
          .filter(revision -> revision.id().equals(key.id()))
          .filter(revision -> TELLING.stream().noneMatch(text::contains))
          .map(revision -> place(key, path, revision, others));
    } catch (IOException e) {
      return Optional.empty(); // The reader says so.
    }
  }

  private static MigrationFile place(
      MigrationKey key, String path, Revision revision, Predicate<String> others) {
    List<MigrationKey> needs =
        Stream.concat(revision.parents().stream(), revision.dependsOn().stream())
            .map(MigrationKey::of)
            .filter(need -> others.test(need.app()))
            .toList();
    return new MigrationFile(
        key, path, revision.line(), needs, List.of(), List.of(), Optional.empty(), null);
  }
}
