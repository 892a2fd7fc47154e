package dev.stampguard.tool.command;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a history of migrations that are programs, one after the other. What they do only running
 * them tells, but for what the tool's package can read.
 */
public final class ProgramScripts {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "((?:19|20)\\d\\d)(0[1-9]|1[0-2])([0-2]\\d|3[01])(?:([01]\\d|2[0-3])([0-5]\\d).*)?");
  private static final Pattern MAY_DROP = Pattern.compile("(?i)drop|remove|rename|delete");
  private static final Pattern NO_WORD = Pattern.compile("\\W+");

  private final Path project;
  private final String language;

  /**
   * @param project an existing directory
   * @param language of the programs, for people
   */
  public ProgramScripts(Path project, String language) {
    this.project = Objects.requireNonNull(project).toAbsolutePath().normalize();
    this.language = Objects.requireNonNull(language);
  }

  /**
   * The regular files of a directory, by name.
   *
   * @param isDeep whether those of its sub-directories count
   * @throws StampguardException (usage) when it cannot be read
   */
  public List<Path> files(Path directory, boolean isDeep) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = isDeep ? Files.walk(directory) : Files.list(directory)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the directory `%s` cannot be read".formatted(relative(directory)),
          "check its permissions");
    }
  }

  /**
   * A script's text.
   *
   * @return empty when it cannot be read as UTF-8
   */
  public static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A path as messages have it: relative to the project, with forward slashes. */
  public String relative(Path path) {
    return project.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }

  /**
   * The history.
   *
   * @param ordered in the order in which the tool runs them
   * @param problems found while they were looked for
   * @param reader reads what one does as far as that is plain, given its text
   */
  public Scripts of(
      List<ProgramScript> ordered,
      List<GraphProblem> problems,
      Function<String, List<SchemaOperation>> reader) {
    var revisions = new ArrayList<Revision>();
    var files = new LinkedHashMap<String, Path>();
    Optional<String> before = Optional.empty();
    for (ProgramScript script : ordered) {
      boolean isNew = files.putIfAbsent(script.id(), script.file()) == null;
      revisions.add(
          new Revision(
              script.id(),
              script.message(),
              relative(script.file()),
              script.line(),
              before.stream().filter(id -> !id.equals(script.id())).toList(),
              List.of(),
              List.of(),
              created(script.id())));
      before = isNew ? Optional.of(script.id()) : before;
    }
    RevisionGraph graph = RevisionGraph.of(revisions, problems);
    return Scripts.of(graph, () -> content(files, reader));
  }

  private Scripts.Content content(
      Map<String, Path> files, Function<String, List<SchemaOperation>> reader) {
    var operations = new LinkedHashMap<String, List<SchemaOperation>>();
    files.forEach(
        (id, file) -> text(file).ifPresent(text -> operations.put(id, reader.apply(text))));
    return new Scripts.Content(operations, Set.of());
  }

  /** What is to be said of a program, or of a piece of one, that is not understood. */
  public SchemaOperation.Unreadable unreadable(int line, String text) {
    return new SchemaOperation.Unreadable(
        line,
        "it is a program in %s: only running it tells what it does".formatted(language),
        mayDrop(text),
        true);
  }

  /** The names that a program may drop or rename: all its words, unless it plainly does neither. */
  public static Set<String> mayDrop(String text) {
    return MAY_DROP.matcher(text).find() ? words(text) : Set.of();
  }

  private static Set<String> words(String text) {
    return Arrays.stream(NO_WORD.split(text))
        .filter(word -> !word.isEmpty())
        .flatMap(word -> Stream.of(word, word.toLowerCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> created(String id) {
    Matcher digits = Pattern.compile("\\d{8,14}").matcher(id);
    if (!digits.lookingAt()) {
      return Optional.empty();
    }
    Matcher date = TIMESTAMP.matcher(digits.group());
    if (!date.matches()) {
      return Optional.empty();
    }
    String day = "%s-%s-%s".formatted(date.group(1), date.group(2), date.group(3));
    return Optional.of(
        date.group(4) == null ? day : "%s %s:%s".formatted(day, date.group(4), date.group(5)));
  }

  /**
   * A description from a file's name: without its number and its ending, with blanks between words.
   */
  public static String message(String fileName) {
    int end = fileName.indexOf('.');
    String name = end < 0 ? fileName : fileName.substring(0, end);
    return name.replaceFirst("^\\d+[-_]?", "").replaceAll("[-_]+", " ").strip();
  }
}
