package dev.stampguard.repair.graft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code pg_restore --list --verbose} says of an archive: every entry, in the order in which
 * they can be restored, with what each depends on.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/pg_backup_archiver.c">
 *     PrintTOCSummary in pg_backup_archiver.c</a>
 */
public final class TableOfContents {
  private static final Pattern ENTRY = Pattern.compile("(\\d+); (\\d+) (\\d+) (.*)");
  private static final Pattern NEEDS = Pattern.compile(";\\s+depends on:((?: \\d+)*)\\s*");

  private final Map<Integer, TocEntry> entries = new LinkedHashMap<>();
  private final Map<Integer, Integer> places = new LinkedHashMap<>();

  private TableOfContents(Collection<TocEntry> found) {
    for (TocEntry entry : found) {
      places.put(entry.number(), places.size());
      entries.put(entry.number(), entry);
    }
  }

  /** Reads it from the lines of the list. */
  public static TableOfContents parse(List<String> lines) {
    var found = new ArrayList<TocEntry>();
    for (String line : lines) {
      Matcher entry = ENTRY.matcher(line);
      Matcher needs = NEEDS.matcher(line);
      if (entry.matches()) {
        found.add(
            new TocEntry(
                Integer.parseInt(entry.group(1)),
                Long.parseLong(entry.group(2)),
                Long.parseLong(entry.group(3)),
                entry.group(4),
                List.of()));
      } else if (!found.isEmpty() && needs.matches()) {
        TocEntry last = found.removeLast();
        List<Integer> numbers =
            Pattern.compile(" ")
                .splitAsStream(needs.group(1).strip())
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
        found.add(
            new TocEntry(last.number(), last.classId(), last.objectId(), last.text(), numbers));
      }
    }
    return new TableOfContents(found);
  }

  /** Every entry, in the archive's order. */
  List<TocEntry> entries() {
    return List.copyOf(entries.values());
  }

  Optional<TocEntry> find(int number) {
    return Optional.ofNullable(entries.get(number));
  }

  /** The place of an entry in the archive's order. */
  int place(TocEntry entry) {
    return places.get(entry.number());
  }

  /** How many entries there are. */
  int size() {
    return entries.size();
  }

  /** Which of the chosen entries an entry needs, be it by way of others. */
  Set<Integer> needs(TocEntry entry, Set<Integer> chosen) {
    var found = new LinkedHashSet<Integer>();
    var seen = new HashSet<Integer>();
    var open = new ArrayDeque<>(entry.needs());
    while (!open.isEmpty()) {
      int number = open.pop();
      if (!seen.add(number)) {
        continue;
      }
      if (chosen.contains(number)) {
        found.add(number);
      } else {
        find(number).ifPresent(passed -> open.addAll(passed.needs()));
      }
    }
    return found;
  }

  /** What {@code pg_restore --use-list} takes, to write these entries only. */
  String list(Set<Integer> chosen) {
    return entries.values().stream()
        .filter(entry -> chosen.contains(entry.number()))
        .map(
            entry ->
                "%s; %s %s %s\n"
                    .formatted(entry.number(), entry.classId(), entry.objectId(), entry.text()))
        .collect(Collectors.joining());
  }
}
