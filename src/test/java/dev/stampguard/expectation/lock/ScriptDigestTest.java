package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptDigestTest {
  /** Of {@code "a\nb\n"}, by sha256sum. */
  private static final String A_B =
      "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2";

  @TempDir Path project;

  private ScriptDigest of(String text) throws IOException {
    return ScriptDigest.of(Files.writeString(project.resolve("script.py"), text));
  }

  @Test
  void isPlainSha256() throws IOException {
    assertThat(of("a\nb\n")).hasToString(A_B);
  }

  @Test
  void lineEndsAndByteOrderMarkDoNotCount() throws IOException {
    assertThat(of("\uFEFFa\r\nb\r\n")).hasToString(A_B);
  }

  @Test
  void everythingElseCounts() throws IOException {
    assertThat(List.of(of("a\nb"), of("a\rb\n"), of("a\nb\n\n"), of("a\n\uFEFFb\n"), of("")))
        .doesNotHaveDuplicates()
        .doesNotContain(new ScriptDigest(A_B));
  }

  @Test
  void findsTheScriptsOfAGraph() throws IOException {
    ScriptDigest digest = of("a\nb\n");
    var revision =
        new Revision("r", "", "script.py", 1, List.of(), List.of(), List.of(), Optional.empty());
    assertThat(ScriptDigest.ofAll(RevisionGraph.of(List.of(revision), List.of()), project))
        .isEqualTo(Map.of("r", digest));
  }

  @Test
  void aScriptThatIsGoneIsNamed() {
    Path gone = project.resolve("gone.py");
    assertThatThrownBy(() -> ScriptDigest.of(gone))
        .isInstanceOf(StampguardException.class)
        .hasMessage("the script `%s` cannot be read".formatted(gone));
  }
}
