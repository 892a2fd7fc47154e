package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two branches of one project that each add a revision, brought together by git. */
class LockBranchesTest {
  private static final Change BASE = new Change("b0", List.of(), makes("users"));
  private static final Change OTHER = new Change("c3", List.of("b0"), makes("orders"));
  private static final Change OURS = new Change("d1", List.of("b0"), makes("notes"));

  @TempDir Path repository;
  private Path file;

  private record Change(String id, List<String> parents, List<Effect> effects) {
    Change after(String... others) {
      return new Change(id, List.of(others), effects);
    }
  }

  private static List<Effect> makes(String table) {
    var name = new QualifiedName("public", table);
    return List.of(
        new Effect(
            ObjectName.of(ObjectKind.TABLE, name),
            Optional.empty(),
            Optional.empty(),
            text("table")),
        new Effect(
            ObjectName.inside(ObjectKind.COLUMN, name, "id"),
            Optional.of(name),
            Optional.empty(),
            text("integer")));
  }

  private static List<Effect> retypes(String type) {
    var users = new QualifiedName("public", "users");
    return List.of(
        new Effect(
            ObjectName.inside(ObjectKind.COLUMN, users, "id"),
            Optional.of(users),
            text("integer"),
            text(type)));
  }

  private static Optional<Definition> text(String text) {
    return Optional.of(new Definition.Canonical(text));
  }

  /** What {@code snapshot} writes for these scripts. */
  private static LockFile lock(Change... changes) {
    var expected = new LinkedHashMap<String, RevisionExpectation>();
    var scripts = new LinkedHashMap<String, ScriptDigest>();
    for (Change change : changes) {
      String id = change.id();
      expected.put(id, new RevisionExpectation(id, change.effects(), true, List.of()));
      // As Alembic's scripts do, these say their parents.
      String script = id + change.parents();
      scripts.put(id, ScriptDigest.of(script.getBytes(StandardCharsets.UTF_8)));
    }
    List<Revision> revisions =
        Arrays.stream(changes)
            .map(
                change ->
                    new Revision(
                        change.id(),
                        "",
                        change.id() + ".py",
                        3,
                        change.parents(),
                        List.of(),
                        List.of(),
                        Optional.empty()))
            .toList();
    return LockFile.of(
        "alembic",
        18,
        "public",
        RevisionGraph.of(revisions, List.of()),
        new Expectation(Expectation.Source.REPLAY, expected, List.of(), Map.of()),
        scripts);
  }

  @BeforeEach
  void startFromOneRevision() throws IOException, InterruptedException {
    Git.require(repository);
    file = repository.resolve(LockFile.NAME);
    git("init", "--quiet", "--initial-branch=main");
    commit(lock(BASE));
    git("branch", "feature");
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    assertThat(Git.run(repository, arguments)).as(List.of(arguments).toString()).isZero();
  }

  private void commit(LockFile lock) throws IOException, InterruptedException {
    LockWriter.write(lock, file);
    git("add", LockFile.NAME);
    git("commit", "--quiet", "--message=snapshot");
  }

  /** One more revision on main, another on the feature branch, which is then checked out. */
  private void diverge(Change onMain, Change onFeature) throws IOException, InterruptedException {
    commit(lock(BASE, onMain));
    git("checkout", "--quiet", "feature");
    commit(lock(BASE, onFeature));
  }

  /** Whether git put the lock files together by itself. */
  private boolean merges(String... how) throws IOException, InterruptedException {
    return Git.run(repository, how) == 0;
  }

  /** Where git could not, reading says so and a snapshot of the merged scripts settles it. */
  private void settle(boolean merged, LockFile snapshot) throws IOException {
    if (merged) {
      assertThat(LockReader.read(file)).isPresent();
    } else {
      assertThat(newInConflict())
          .isNotEmpty()
          .allMatch(line -> line.contains("\tc3\t") || line.contains("\td1\t"));
      assertThatThrownBy(() -> LockReader.read(file))
          .isInstanceOf(StampguardException.class)
          .hasMessageEndingWith(" holds a merge marker of git");
    }
    LockWriter.write(snapshot, file);
    assertThat(LockReader.read(file)).contains(snapshot);
  }

  /** Git puts old lines that lie between two conflicts into one of both, on either side alike. */
  private List<String> newInConflict() throws IOException {
    List<String> old =
        new String(LockWriter.bytes(lock(BASE)), StandardCharsets.UTF_8).lines().toList();
    var added = new ArrayList<String>();
    boolean inside = false;
    for (String line : Files.readAllLines(file)) {
      boolean marker = line.matches("(<{7}|={7}|>{7})( .*)?");
      inside = marker ? !line.startsWith(">") : inside;
      if (inside && !marker && !old.contains(line)) {
        added.add(line);
      }
    }
    return added;
  }

  @Test
  void siblingsBecomeTwoHeadsAndThenAMergeRevision() throws Exception {
    diverge(OTHER, OURS);

    boolean merged = merges("merge", "--quiet", "--no-edit", "main");

    LockFile both = lock(BASE, OTHER, OURS);
    settle(merged, both);
    assertThat(both.graph().heads()).containsExactly("c3", "d1");
    commit(both);
    LockFile joined = lock(BASE, OTHER, OURS, new Change("e9", List.of("c3", "d1"), List.of()));
    commit(joined);
    assertThat(LockReader.read(file).orElseThrow().graph().heads()).containsExactly("e9");
  }

  @Test
  void siblingsWhoseLinesLieApartMergeByThemselves() throws Exception {
    diverge(
        new Change("a1", List.of("b0"), makes("accounts")),
        new Change("d1", List.of("b0"), makes("zones")));

    assertThat(merges("merge", "--quiet", "--no-edit", "main")).isTrue();

    assertThat(LockReader.read(file))
        .contains(
            lock(
                BASE,
                new Change("a1", List.of("b0"), makes("accounts")),
                new Change("d1", List.of("b0"), makes("zones"))));
  }

  @Test
  void aRebasedRevisionIsEditedAndReparentedUntilTheNextSnapshot() throws Exception {
    diverge(OTHER, OURS);

    boolean merged = merges("rebase", "--quiet", "main");

    LockFile linear = lock(BASE, OTHER, OURS.after("c3"));
    if (merged) {
      Map<String, ScriptDigest> scripts = new LinkedHashMap<>();
      linear.revisions().forEach((id, locked) -> scripts.put(id, locked.script()));
      assertThat(LockDrift.between(LockReader.read(file).orElseThrow(), linear.graph(), scripts))
          .isEqualTo(new LockDrift(List.of(), List.of("d1"), List.of("d1"), List.of()));
    }
    settle(merged, linear);
  }

  @Test
  void changesOfOneObjectNeverMergeByThemselves() throws Exception {
    diverge(
        new Change("c3", List.of("b0"), retypes("bigint")),
        new Change("d1", List.of("b0"), retypes("text")));

    boolean merged = merges("merge", "--quiet", "--no-edit", "main");

    assertThat(merged).isFalse();
    settle(
        merged,
        lock(
            BASE,
            new Change("c3", List.of("b0"), retypes("bigint")),
            new Change("d1", List.of("c3"), retypes("text"))));
  }
}
