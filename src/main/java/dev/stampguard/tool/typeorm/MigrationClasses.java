package dev.stampguard.tool.typeorm;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.command.ProgramScript;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.command.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the classes that are migrations, in the order of the time at the end of their names, and
 * reads what SQL stands in them.
 */
final class MigrationClasses {
  private static final Pattern FILE = Pattern.compile("(?!.*\\.d\\.[cm]?ts$).*\\.[cm]?[jt]s");
  private static final Pattern CLASS =
      Pattern.compile("(?<![\\w$.])class\\s+([A-Za-z_$][\\w$]*)[^{]*\\{");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w$])name\\s*(?::\\s*string\\s*)?=\\s*(['\"`])([^'\"`$]+)\\1");
  private static final Pattern UP = Pattern.compile("(?<![\\w$])up\\s*[(=]");

  /** A time in milliseconds, which the last characters of a name have to be. */
  private static final int DIGITS = 13;

  private final ProgramScripts finder;
  private final List<GraphProblem> problems = new ArrayList<>();

  MigrationClasses(ProgramScripts finder) {
    this.finder = finder;
  }

  private record Found(ProgramScript script, int lineOfBody, String body) {}

  Scripts read(List<Path> places) {
    var found = new ArrayList<Found>();
    for (Path place : places) {
      List<Path> files = Files.isRegularFile(place) ? List.of(place) : finder.files(place, true);
      for (Path file : files) {
        if (FILE.matcher(file.getFileName().toString()).matches()) {
          ProgramScripts.text(file).ifPresent(text -> found.addAll(classes(file, text)));
        }
      }
    }
    found.sort(Comparator.comparingLong(each -> timestamp(each.script().id())));
    var byId = new LinkedHashMap<String, Found>();
    found.forEach(each -> byId.putIfAbsent(each.script().id(), each));
    return Scripts.of(
        finder.of(found.stream().map(Found::script).toList(), problems, text -> List.of()).graph(),
        () -> content(byId));
  }

  private Scripts.Content content(Map<String, Found> found) {
    var operations = new LinkedHashMap<String, List<SchemaOperation>>();
    found.forEach(
        (id, each) ->
            operations.put(id, new UpReader(finder).read(each.body(), each.lineOfBody())));
    return new Scripts.Content(operations, Set.of());
  }

  private List<Found> classes(Path file, String whole) {
    String text = SourceText.javaScript(whole).text();
    var found = new ArrayList<Found>();
    Matcher start = CLASS.matcher(text);
    while (start.find()) {
      int from = start.end() - 1;
      String body = text.substring(from, Brackets.close(text, from));
      if (!UP.matcher(body).find()) {
        continue;
      }
      Matcher named = NAME.matcher(body);
      String id = named.find() ? named.group(2) : start.group(1);
      int line = Brackets.line(text, start.start());
      if (timestamp(id) > 0) {
        found.add(
            new Found(
                new ProgramScript(id, message(id), file, line), Brackets.line(text, from), body));
      } else {
        problems.add(
            new GraphProblem(
                GraphProblem.Kind.UNREADABLE_SCRIPT,
                "the name `%s` does not end with a time in milliseconds, and TypeORM refuses it"
                    .formatted(id),
                finder.relative(file),
                line,
                List.of()));
      }
    }
    return found;
  }

  /** As TypeORM takes it from a name; 0 when there is none. */
  static long timestamp(String id) {
    String end = id.substring(Math.max(0, id.length() - DIGITS));
    return end.matches("\\d+") ? Long.parseLong(end) : 0;
  }

  private static String message(String id) {
    return id.substring(0, Math.max(0, id.length() - DIGITS))
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
        .strip();
  }
}
