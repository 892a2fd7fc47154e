package dev.stampguard.tool.django;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The migrations of all installed apps whose scripts were found as one history. A squashed
 * migration whose originals are still there is left out: they are what the ledger records, too,
 * whichever of both was run ({@code MigrationExecutor.record_migration}). Where the originals are
 * gone it is a migration like others.
 */
final class History {
  /**
   * Of Django's own: it moves permissions of proxy models that versions before 2.2 made, and makes
   * no difference to a database that later ones made.
   */
  private static final Set<String> HARMLESS = Set.of("auth.0011_update_proxy_permissions");

  private final Map<MigrationKey, MigrationFile> files = new TreeMap<>();
  private final Map<MigrationKey, List<MigrationKey>> squashed = new TreeMap<>();
  private final Set<String> apps = new TreeSet<>();
  private final List<String> unread = new ArrayList<>();
  private final Set<MigrationKey> unparsed = new HashSet<>();
  private final Collection<Revision> assumed;
  private final Map<String, Path> elsewhere = new HashMap<>();
  private final Map<String, List<MigrationKey>> foreign;
  private final Scripts scripts;

  private History(
      List<AppFinder.App> own,
      OtherApps others,
      KnownScripts known,
      Function<Path, String> relative,
      String userModel) {
    var problems = new ArrayList<GraphProblem>();
    for (AppFinder.App app : own) {
      apps.add(app.label());
      read(app, relative, userModel, problems);
    }
    Set<String> labels =
        others.apps().stream().map(AppFinder.App::label).collect(Collectors.toSet());
    for (AppFinder.App app : others.apps()) {
      var theirs = new ArrayList<GraphProblem>();
      readUnknown(app, known, labels, userModel, theirs);
      if (theirs.isEmpty()) {
        apps.add(app.label());
      } else {
        // Nobody mends it here; and what it does is Django's to run.
        unread.add(app.label());
        files.keySet().removeIf(key -> key.app().equals(app.label()));
      }
    }
    assumed = known.assumed(file -> isIn(file, others.missing()));
    assumed.forEach(
        revision -> {
          apps.add(revision.strand());
          elsewhere.put(revision.file(), Path.of(revision.file()));
        });
    files.forEach(
        (key, file) -> {
          if (!file.replaces().isEmpty() && file.replaces().stream().anyMatch(files::containsKey)) {
            squashed.put(key, file.replaces());
          }
        });
    foreign = foreign();
    scripts = scripts(problems, userModel);
  }

  /**
   * Reads the migrations.
   *
   * @param own the project's apps
   * @param others apps that are installed beside them
   * @param known what is known of those that were not found
   * @param relative how messages name a file of the project
   * @param userModel what the settings say of {@code AUTH_USER_MODEL}
   */
  static History read(
      List<AppFinder.App> own,
      OtherApps others,
      KnownScripts known,
      Function<Path, String> relative,
      String userModel) {
    return new History(own, others, known, relative, userModel);
  }

  /** Whether a script would be one of these packages'; they may be named by their configuration. */
  private static boolean isIn(String file, List<String> packages) {
    return packages.stream()
        .anyMatch(
            name -> {
              int at = file.lastIndexOf("/migrations/");
              String directory = at < 0 ? "" : file.substring(0, at).replace('/', '.');
              return !directory.isEmpty()
                  && (name.equals(directory)
                      || (name.startsWith(directory + ".")
                          && name.substring(directory.length() + 1)
                              .matches("apps\\.\\w+|[A-Z]\\w*")));
            });
  }

  private void read(
      AppFinder.App app,
      Function<Path, String> relative,
      String userModel,
      List<GraphProblem> problems) {
    for (Path file : AppFinder.files(app.migrations())) {
      String name = file.getFileName().toString();
      var key = new MigrationKey(app.label(), name.substring(0, name.length() - ".py".length()));
      parse(key, file, relative.apply(file), userModel, problems);
    }
  }

  private void parse(
      MigrationKey key, Path file, String path, String userModel, List<GraphProblem> problems) {
    try {
      files.put(key, MigrationFile.read(key, file, path, userModel));
    } catch (MigrationFile.UnreadableException e) {
      problems.add(e.problem());
    }
  }

  /** Those of another app that changed since they were known. */
  private void readUnknown(
      AppFinder.App app,
      KnownScripts known,
      Set<String> labels,
      String userModel,
      List<GraphProblem> problems) {
    for (Path file : AppFinder.files(app.migrations())) {
      String name = file.getFileName().toString();
      var key = new MigrationKey(app.label(), name.substring(0, name.length() - ".py".length()));
      String path = app.shown().orElseThrow() + "/" + name;
      elsewhere.put(path, file.toAbsolutePath());
      UnchangedFile.find(key, file, path, known, labels::contains)
          .ifPresentOrElse(
              found -> {
                files.put(key, found);
                unparsed.add(key);
              },
              () -> parse(key, file, path, userModel, problems));
    }
  }

  /** What is asked when somebody wants to know what it does. */
  private MigrationFile whole(MigrationFile file, String userModel) {
    if (!unparsed.contains(file.key())) {
      return file;
    }
    try {
      return MigrationFile.read(file.key(), elsewhere.get(file.path()), file.path(), userModel);
    } catch (MigrationFile.UnreadableException e) {
      throw new StampguardException(
          ExitCode.USAGE, "`%s` changed while it was read".formatted(file.path()), "do it again");
    }
  }

  /** Which of these packages nothing at all is known of. */
  List<String> unseen(List<String> packages) {
    return packages.stream()
        .filter(
            name -> assumed.stream().noneMatch(revision -> isIn(revision.file(), List.of(name))))
        .toList();
  }

  /** Labels of installed apps that are not judged, because a script of theirs cannot be read. */
  List<String> unread() {
    return unread;
  }

  /** What a revision needs of apps whose scripts are not here. */
  List<MigrationKey> foreignNeeds(String revision) {
    return foreign.getOrDefault(revision, List.of());
  }

  private Map<String, List<MigrationKey>> foreign() {
    var needs = new HashMap<String, List<MigrationKey>>();
    files.forEach(
        (key, file) -> {
          List<MigrationKey> theirs =
              file.dependencies().stream()
                  .filter(named -> !named.app().isEmpty() && !apps.contains(named.app()))
                  .toList();
          if (!theirs.isEmpty()) {
            needs.put(key.id(), theirs);
          }
        });
    return needs;
  }

  /** The labels of the apps whose migrations are revisions. */
  Set<String> apps() {
    return apps;
  }

  Scripts scripts() {
    return scripts;
  }

  /** Per squashed migration that is no revision what it stands for. */
  Map<MigrationKey, List<MigrationKey>> squashed() {
    return squashed;
  }

  /** What a migration that is a revision replaced, whose files are gone. */
  Map<MigrationKey, List<MigrationKey>> replacing() {
    var replacing = new TreeMap<MigrationKey, List<MigrationKey>>();
    files.forEach(
        (key, file) -> {
          if (!file.replaces().isEmpty() && !squashed.containsKey(key)) {
            replacing.put(key, file.replaces());
          }
        });
    return replacing;
  }

  private Scripts scripts(List<GraphProblem> problems, String userModel) {
    var needs = new TreeMap<MigrationKey, Set<MigrationKey>>();
    var dependencies = new Dependencies(files, squashed, apps, assumed);
    files.forEach((key, file) -> needs.put(key, dependencies.needs(file)));
    files.forEach(
        (key, file) ->
            file.runBefore()
                .forEach(
                    later -> {
                      if (needs.containsKey(later)) {
                        needs.get(later).add(key);
                      }
                    }));
    var revisions = new ArrayList<Revision>();
    files.forEach(
        (key, file) -> {
          if (!squashed.containsKey(key)) {
            revisions.add(revision(file, needs.get(key)));
          }
        });
    revisions.addAll(assumed);
    RevisionGraph all = RevisionGraph.of(revisions, problems).withScriptsElsewhere(elsewhere);
    // What the project's apps build on comes before them, as it does when a database is made.
    RevisionGraph graph = all.startingWith(free(all));
    return Scripts.of(graph, () -> content(graph, userModel));
  }

  /** Revisions of other apps that need none of the project's. */
  private List<String> free(RevisionGraph graph) {
    Set<String> own =
        graph.revisions().stream()
            .filter(revision -> !graph.isElsewhere(revision.file()))
            .map(Revision::id)
            .collect(Collectors.toSet());
    Set<String> bound = graph.descendants(own);
    return graph.revisions().stream().map(Revision::id).filter(id -> !bound.contains(id)).toList();
  }

  private static Revision revision(MigrationFile file, Set<MigrationKey> needs) {
    String app = file.key().app();
    return new Revision(
        file.key().id(),
        message(file.key().name()),
        file.path(),
        file.line(),
        needs.stream().filter(key -> key.app().equals(app)).map(MigrationKey::id).toList(),
        needs.stream().filter(key -> !key.app().equals(app)).map(MigrationKey::id).toList(),
        List.of(Revision.STRAND + app),
        Optional.empty());
  }

  private static String message(String name) {
    return name.replaceFirst("^\\d+_", "").replace('_', ' ');
  }

  private Scripts.Content content(RevisionGraph graph, String userModel) {
    var byId = new LinkedHashMap<String, MigrationFile>();
    files.values().forEach(file -> byId.put(file.key().id(), file));
    var state = new ModelState();
    var operations = new LinkedHashMap<String, List<SchemaOperation>>();
    var idle = new HashSet<String>();
    for (Revision revision : graph.revisions()) {
      MigrationFile file = byId.get(revision.id());
      if (file == null) {
        continue; // Only what a lock says of it is known.
      }
      file = whole(file, userModel);
      operations.put(revision.id(), OperationReader.read(file, userModel, state));
      if (file.operations().filter(List::isEmpty).isPresent()
          || (graph.isElsewhere(file.path()) && HARMLESS.contains(revision.id()))) {
        idle.add(revision.id());
      }
    }
    return new Scripts.Content(operations, idle);
  }
}
