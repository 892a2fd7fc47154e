package dev.stampguard.target;

import dev.stampguard.StampguardException;
import dev.stampguard.target.Candidate.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file that says which database is used, and what all sources come to when it holds a given text.
 */
final class EditableFile {
  private final Path path;
  private final String name;
  private final Function<String, Sources> sources;

  private EditableFile(Path path, String name, Function<String, Sources> sources) {
    this.path = Objects.requireNonNull(path);
    this.name = Objects.requireNonNull(name);
    this.sources = Objects.requireNonNull(sources);
  }

  /**
   * The file that says the target's database.
   *
   * @param database the name that is to stand there
   * @throws StampguardException (refused) when no file says it
   */
  static EditableFile naming(TargetRequest request, String database) {
    Optional<ProjectEnvFile> envFile = ProjectEnvFile.find(request);
    Optional<EnvFile> parsed =
        envFile.map(file -> EnvFile.read(file.path(), file.name(), request.environment()));
    Naming naming = Naming.of(sources(request, parsed));
    naming.range(database);
    if (naming.holder() == Origin.TOOL) {
      ToolUrl.Place place = request.toolUrl().flatMap(ToolUrl::place).orElseThrow();
      return new EditableFile(
          place.file(),
          place.name(),
          text -> sources(request.with(place.reader().apply(text)), parsed));
    }
    ProjectEnvFile file = envFile.orElseThrow();
    return new EditableFile(
        file.path(),
        file.name(),
        text ->
            sources(request, Optional.of(EnvFile.parse(text, file.name(), request.environment()))));
  }

  private static Sources sources(TargetRequest request, Optional<EnvFile> envFile) {
    return Sources.of(request, envFile, Files::exists);
  }

  /** Where it is, absolute; it may be a link. */
  Path path() {
    return path;
  }

  /** How messages call it. */
  String name() {
    return name;
  }

  /**
   * What all sources come to when the file holds this text.
   *
   * @throws StampguardException (usage) when none names a database then
   */
  Sources sources(String text) {
    return sources.apply(text);
  }
}
