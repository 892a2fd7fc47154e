package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.Definition;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One small lock file, as it is written and in every way it can be broken. */
class LockReaderTest {
  private static final ObjectName TABLE = NameText.object("table public.users");
  private static final ObjectName COLUMN = NameText.object("column public.users.email");

  @TempDir Path directory;
  private Path file;
  private LockFile lock;

  @BeforeEach
  void write() {
    file = directory.resolve(LockFile.NAME);
    lock = example();
    LockWriter.write(lock, file);
  }

  private static LockFile example() {
    Optional<QualifiedName> users = Optional.of(new QualifiedName("public", "users"));
    var text = Optional.<Definition>of(new Definition.Canonical("text"));
    var wide = Optional.<Definition>of(new Definition.Canonical("character varying\n(9)"));
    var plain = Optional.<Definition>of(new Definition.Canonical("table"));
    var graph =
        RevisionGraph.of(List.of(revision("a"), revision("b", "a"), revision("c", "b")), List.of());
    var expected =
        Map.of(
            "a",
            exact(
                "a",
                new Effect(TABLE, Optional.empty(), Optional.empty(), plain),
                new Effect(COLUMN, users, Optional.empty(), text)),
            "b",
            exact("b", new Effect(COLUMN, users, text, wide)),
            "c",
            exact("c", new Effect(COLUMN, users, wide, Optional.empty())));
    var script = ScriptDigest.of(new byte[0]);
    return LockFile.of(
        "alembic",
        18,
        "app",
        graph,
        new Expectation(Expectation.Source.REPLAY, expected, List.of(), Map.of()),
        Map.of("a", script, "b", script, "c", script));
  }

  private static RevisionExpectation exact(String id, Effect... effects) {
    return new RevisionExpectation(id, List.of(effects), true, List.of());
  }

  private static Revision revision(String id, String... parents) {
    return new Revision(
        id, "does " + id, id + ".py", 3, List.of(parents), List.of(), List.of(), Optional.empty());
  }

  @Test
  void readsAsAPersonWould() throws IOException {
    assertThat(Files.readAllLines(file).subList(10, 14))
        .containsExactly(
            "table public.users\t\t+\ta\t" + hash("table") + "\ttable",
            "column public.users.email\t\t+\ta\t" + hash("text") + "\ttext",
            "column public.users.email\t\t~\tb\ta\t"
                + hash("character varying\n(9)")
                + "\tcharacter varying\\n(9)",
            "column public.users.email\t\t-\tc\tb");
  }

  private static String hash(String text) {
    return DefinitionText.hash(new Definition.Canonical(text));
  }

  @Test
  void saysWhatItWasMadeOn() throws IOException {
    assertThat(Files.readAllLines(file).subList(1, 6))
        .containsExactly("format\t1", "tool\talembic", "postgresql\t18", "schema\tapp", "");
  }

  @Test
  void noFileIsNoAnswer() {
    assertThat(LockReader.read(directory.resolve("other"))).isEmpty();
  }

  @Test
  void aDirectoryCannotBeRead() {
    assertThatThrownBy(() -> LockReader.read(directory))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`%s` cannot be read".formatted(directory));
  }

  @Test
  void knowsWhatStandsInTheEnd() {
    assertThat(lock.objects()).extracting(object -> object.name()).containsExactly(TABLE);
  }

  @Test
  void anEmptyFileBreaksOff() throws IOException {
    Files.writeString(file, "");
    assertBroken(1, "breaks off");
  }

  @Test
  void aTruncatedLineBreaksOff() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertBroken(14, "breaks off");
  }

  @Test
  void truncationAtALineEndIsALostLine() throws IOException {
    edit(lines -> lines.removeLast());
    assertBroken(9, "has revision `c`, of whose lines some were changed, lost or added");
  }

  @Test
  void anotherFormatIsNotGuessed() throws IOException {
    edit(lines -> lines.set(1, "format\t2"));
    assertBroken(2, "says format `2`, and this stampguard reads format 1");
  }

  @Test
  void everythingElseIsNoLockFile() throws IOException {
    Files.writeString(file, "# shopping\nmilk\n");
    assertBroken(2, "does not say the `format`");
  }

  @Test
  void aMergeMarkerIsNamed() throws IOException {
    edit(lines -> lines.add(11, "<<<<<<< HEAD"));
    assertBroken(12, "holds a merge marker of git");
  }

  @Test
  void aMarkerInTheHeaderIsNamedToo() throws IOException {
    edit(lines -> lines.add(3, "======="));
    assertBroken(4, "holds a merge marker of git");
  }

  @Test
  void aRepeatedObjectLineIsNamed() throws IOException {
    edit(lines -> lines.add(12, lines.get(11)));
    assertBroken(13, "says again what `a` made of `column public.users.email`");
  }

  @Test
  void aRepeatedRevisionIsNamed() throws IOException {
    edit(lines -> lines.add(7, lines.get(6)));
    assertBroken(8, "says again what revision `a` is");
  }

  @Test
  void orderIsKept() throws IOException {
    edit(lines -> lines.add(10, lines.remove(11)));
    assertBroken(12, "is out of order");
  }

  @Test
  void aHandEditIsToldByTheDigest() throws IOException {
    edit(lines -> lines.set(11, lines.get(11).replace("\ttext", "\tjson")));
    assertBroken(7, "has revision `a`, of whose lines some were changed, lost or added");
  }

  @Test
  void anEditedParentIsToldByTheDigest() throws IOException {
    edit(lines -> lines.set(8, lines.get(8).replace("\tb\t", "\ta\t")));
    assertBroken(9, "has revision `c`, of whose lines some were changed, lost or added");
  }

  @Test
  void aRevisionWithoutItsLineIsUnknown() throws IOException {
    edit(lines -> lines.remove(8));
    assertBroken(13, "names revision `c`, which the file does not list");
  }

  @Test
  void aVersionWithoutItsLineIsMissed() throws IOException {
    edit(lines -> lines.remove(12));
    assertBroken(
        13, "ends what `b` made of `column public.users.email`, of which there is no line");
  }

  @Test
  void twoBranchesThatChangedOneObjectAreNotBothBelieved() throws IOException {
    edit(lines -> lines.set(13, lines.get(13).replace("\tb", "\ta")));
    assertBroken(
        14,
        "lets `c` change `column public.users.email`, which `b` changed already: two branches met");
  }

  @Test
  void fieldsAreCounted() throws IOException {
    edit(lines -> lines.set(10, lines.get(10) + "\tmore"));
    assertBroken(11, "has too many fields");
    write();
    edit(lines -> lines.set(10, "table public.users"));
    assertBroken(11, "has too few fields");
  }

  @Test
  void nonsenseIsNotUnderstood() throws IOException {
    edit(lines -> lines.set(10, "nonsense"));
    assertBroken(11, "cannot be understood");
    write();
    edit(lines -> lines.set(3, "postgresql\tnew"));
    assertBroken(4, "cannot be understood");
    write();
    edit(lines -> lines.set(2, "tool\talembic\\x4"));
    assertBroken(3, "cannot be understood");
  }

  private void edit(Consumer<List<String>> change) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(file));
    change.accept(lines);
    Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void assertBroken(int line, String what) {
    assertThatThrownBy(() -> LockReader.read(file))
        .isInstanceOfSatisfying(
            StampguardException.class,
            error -> {
              assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(error.hint()).contains("write it anew with `stampguard snapshot`");
            })
        .hasMessage("`%s:%d` %s".formatted(file, line, what));
  }
}
