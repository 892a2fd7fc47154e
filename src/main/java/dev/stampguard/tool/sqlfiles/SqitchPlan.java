package dev.stampguard.tool.sqlfiles;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Sqitch plan. Facts: {@code App::Sqitch::Plan} and below it {@code Change} and {@code Tag},
 * whose ids are SHA-1 over everything the plan says of them.
 *
 * @param project its name
 * @param uri empty when the plan says none
 * @param changes in order
 */
record SqitchPlan(String project, Optional<String> uri, List<Change> changes) {
  private static final Pattern PRAGMA = Pattern.compile("\\s*%([\\w-]+)\\s*=\\s*(.*?)\\s*");
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*([+-]?)\\s*(@?[^\\s\\[#]+)\\s*(?:\\[([^]]*)]\\s*)?"
              + "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)\\s+(.*?)\\s*<([^>]*)>\\s*(?:#\\s?(.*))?");

  SqitchPlan {
    changes = List.copyOf(changes);
  }

  /** Who planned something, when and why. */
  record Stamp(String date, String name, String email, String note) {
    private String planner() {
      return "%s <%s>".formatted(name, email);
    }
  }

  /**
   * A tag.
   *
   * @param id its SHA-1
   * @param name with its {@code @}
   */
  record Tag(String id, String name, Stamp stamp) {}

  /**
   * A change.
   *
   * @param id its SHA-1
   * @param name as the plan has it
   * @param reworked the tag up to which it was this script, where it was reworked later
   */
  record Change(
      String id,
      String name,
      List<String> requires,
      List<String> conflicts,
      Stamp stamp,
      List<Tag> tags,
      Optional<String> reworked) {
    /** What its file is called, without the ending: an older version has the tag in it. */
    String script() {
      return name + reworked.orElse("");
    }

    private Change with(List<Tag> more) {
      return new Change(id, name, requires, conflicts, stamp, more, reworked);
    }

    private Change until(Optional<String> tag) {
      return new Change(id, name, requires, conflicts, stamp, tags, tag);
    }
  }

  static SqitchPlan read(String text) {
    var reader = new Reader();
    text.lines().forEach(reader::line);
    return reader.plan();
  }

  private static final class Reader {
    private final Map<String, String> pragmas = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    void line(String line) {
      Matcher pragma = PRAGMA.matcher(line);
      if (pragma.matches()) {
        pragmas.put(pragma.group(1), pragma.group(2));
        return;
      }
      Matcher found = LINE.matcher(line);
      if (!found.matches()) {
        return;
      }
      String note = found.group(7) == null ? "" : found.group(7).strip().replace("\\n", "\n");
      var stamp = new Stamp(found.group(4), found.group(5), found.group(6), note);
      String name = found.group(2);
      if (name.startsWith("@")) {
        tag(name, stamp);
      } else {
        change(name, Optional.ofNullable(found.group(3)).orElse(""), stamp);
      }
    }

    private String head() {
      String uri = pragmas.get("uri");
      return "project " + pragmas.get("project") + (uri == null ? "" : "\nuri " + uri);
    }

    private void change(String name, String dependencies, Stamp stamp) {
      var requires = new ArrayList<String>();
      var conflicts = new ArrayList<String>();
      for (String dependency : dependencies.strip().split("\\s+")) {
        if (dependency.startsWith("!")) {
          conflicts.add(dependency.substring(1));
        } else if (!dependency.isEmpty()) {
          requires.add(dependency);
        }
      }
      String info =
          head()
              + "\nchange "
              + name
              + (changes.isEmpty() ? "" : "\nparent " + changes.getLast().id())
              + "\nplanner "
              + stamp.planner()
              + "\ndate "
              + stamp.date()
              + (requires.isEmpty() ? "" : "\nrequires\n  + " + String.join("\n  + ", requires))
              + (conflicts.isEmpty() ? "" : "\nconflicts\n  - " + String.join("\n  - ", conflicts))
              + (stamp.note().isEmpty() ? "" : "\n\n" + stamp.note());
      rework(name);
      changes.add(
          new Change(
              id("change", info),
              name,
              List.copyOf(requires),
              List.copyOf(conflicts),
              stamp,
              List.of(),
              Optional.empty()));
    }

    /** The one of that name before is what it was at the tag that came next. */
    private void rework(String name) {
      for (int i = changes.size() - 1; i >= 0; i--) {
        if (changes.get(i).name().equals(name) && changes.get(i).reworked().isEmpty()) {
          Optional<String> tag =
              changes.subList(i, changes.size()).stream()
                  .flatMap(change -> change.tags().stream())
                  .map(Tag::name)
                  .findFirst();
          changes.set(i, changes.get(i).until(tag));
        }
      }
    }

    private void tag(String name, Stamp stamp) {
      if (changes.isEmpty()) {
        return;
      }
      Change change = changes.getLast();
      String info =
          head()
              + "\ntag "
              + name
              + "\nchange "
              + change.id()
              + "\nplanner "
              + stamp.planner()
              + "\ndate "
              + stamp.date()
              + (stamp.note().isEmpty() ? "" : "\n\n" + stamp.note());
      var tags = new ArrayList<>(change.tags());
      tags.add(new Tag(id("tag", info), name, stamp));
      changes.set(changes.size() - 1, change.with(List.copyOf(tags)));
    }

    private static String id(String kind, String info) {
      int length = info.getBytes(StandardCharsets.UTF_8).length;
      return Hashes.sha1("%s %s\0%s".formatted(kind, length, info));
    }

    SqitchPlan plan() {
      return new SqitchPlan(
          pragmas.getOrDefault("project", ""), Optional.ofNullable(pragmas.get("uri")), changes);
    }
  }

  /** The change of an id that is a script's. */
  Optional<Change> find(String script) {
    return changes.stream().filter(change -> change.script().equals(script)).findFirst();
  }
}
