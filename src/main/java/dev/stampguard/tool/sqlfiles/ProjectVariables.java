package dev.stampguard.tool.sqlfiles;

import dev.stampguard.StampguardException;
import dev.stampguard.target.EnvFile;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.target.TracedText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The variables of tools that read {@code .env} beside the environment, which wins. Whatever option
 * names another file for stampguard, these tools read that one.
 *
 * @param environment of the process
 * @param file what {@code .env} says; empty when it says nothing to the tool
 */
record ProjectVariables(Map<String, String> environment, Optional<EnvFile> file) {
  private static final String NAME = ".env";

  ProjectVariables {
    Objects.requireNonNull(environment);
    Objects.requireNonNull(file);
  }

  /**
   * Reads them. What is wrong with the file is told where the target is looked for in it.
   *
   * @param prefix what the names of the tool's variables begin with
   */
  static ProjectVariables of(
      ProjectLook look, Path project, Map<String, String> environment, String prefix) {
    return new ProjectVariables(
        environment,
        look.text(project, NAME)
            .filter(text -> text.contains(prefix))
            .flatMap(text -> parsed(text, environment)));
  }

  private static Optional<EnvFile> parsed(String text, Map<String, String> environment) {
    try {
      return Optional.of(EnvFile.parse(text, NAME, environment));
    } catch (StampguardException e) {
      return Optional.empty();
    }
  }

  /** The variable's value; empty when it has none, or a blank one. */
  Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> fromFile(name).flatMap(EnvFile.Entry::value).map(EnvFile.Value::text))
        .filter(value -> !value.isBlank());
  }

  private Optional<EnvFile.Entry> fromFile(String name) {
    return environment.containsKey(name) ? Optional.empty() : file.flatMap(f -> f.lookup(name));
  }

  /** The variable's value as what names the database. */
  Optional<ToolUrl> url(String name) {
    return value(name)
        .map(
            url -> {
              String source =
                  fromFile(name)
                      .flatMap(entry -> file.map(read -> read.where(entry)))
                      .orElse("environment " + name);
              return new ToolUrl(TracedText.elsewhere(url, source), source, Optional.empty());
            });
  }
}
