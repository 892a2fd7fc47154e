package dev.stampguard.tool.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WordSearchTest {
  @Test
  void commentsAndStringsSayNothing() throws PythonSyntaxException {
    String[] words = {"atomic", "=", "False", WordSearch.LINE_END};
    assertThat(WordSearch.contains("class M:\n    atomic = False  # so\n", words)).isTrue();
    assertThat(WordSearch.contains("class M:\r\n    atomic = False\r\n", words)).isTrue();
    assertThat(WordSearch.contains("# atomic = False\n", words)).isFalse();
    assertThat(WordSearch.contains("text = '''\natomic = False\n'''\n", words)).isFalse();
    assertThat(WordSearch.contains("run(print, atomic=False)\n", words)).isFalse();
    assertThat(WordSearch.contains("run(\n    atomic=False\n)\n", words)).isFalse();
  }

  @Test
  void aFileThatCannotBeReadSaysNothing() {
    assertThat(WordSearch.contains(Path.of("/nowhere/at/all.py"), "x")).isFalse();
  }
}
