package dev.stampguard.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
  private static List<String> split(String line) {
    return CommandWords.split(line, "replay.command");
  }

  @Test
  void blanksSeparateAndQuotesKeep() {
    assertThat(split("  bin/rails db:migrate:up\tVERSION={revision} "))
        .containsExactly("bin/rails", "db:migrate:up", "VERSION={revision}");
    assertThat(split("sh -c 'echo \"$1\" | cat' -- \"a b\" c\\ d ''"))
        .containsExactly("sh", "-c", "echo \"$1\" | cat", "--", "a b", "c d", "");
    assertThat(split("\"a\\\"b\\c\"")).containsExactly("a\"b\\c");
  }

  @Test
  void nothingOfAShellsIsDone() {
    assertThat(split("migrate $HOME *.sql && true"))
        .containsExactly("migrate", "$HOME", "*.sql", "&&", "true");
  }

  @Test
  void whatIsNoCommandIsRefused() {
    assertThatThrownBy(() -> split("  "))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`replay.command` is no command: it is empty");
    assertThatThrownBy(() -> split("sh -c 'true"))
        .hasMessage("`replay.command` is no command: a quote is not closed");
  }
}
