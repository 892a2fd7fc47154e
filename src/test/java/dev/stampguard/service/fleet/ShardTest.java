package dev.stampguard.service.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 1000).mapToObj("tenant_%d"::formatted).toList();

  private static List<String> held(int index, int count) {
    return NAMES.stream().filter(new Shard(index, count)::holds).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16})
  void everyNameIsInExactlyOneShareOfAboutTheSameSize(int count) {
    var all = IntStream.range(0, count).boxed().flatMap(i -> held(i, count).stream()).toList();

    assertThat(all).containsExactlyInAnyOrderElementsOf(NAMES);
    for (int i = 0; i < count; i++) {
      assertThat(held(i, count)).hasSizeBetween(700 / count, 1400 / count);
    }
  }

  @Test
  void aNamesShareStaysTheSameForEver() {
    // Shares are cut by machines of different versions: a change here would lose databases.
    assertThat(NAMES.subList(0, 8).stream().filter(new Shard(0, 3)::holds))
        .containsExactly("tenant_3", "tenant_7");
    assertThat(new Shard(1, 2).holds("größe")).isNotEqualTo(new Shard(0, 2).holds("größe"));
  }

  @Test
  void readsItsOwnText() {
    assertThat(Shard.parse("3/4", "--shard")).isEqualTo(new Shard(3, 4));
    assertThat(Shard.parse(new Shard(0, 1).toString(), "--shard")).isEqualTo(Shard.whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4/4", "1", "1/", "/4", "-1/4", "1/0", "1/4/5", "a/b", "1 /4"})
  void refusesWhatIsNoShare(String text) {
    assertThatThrownBy(() -> Shard.parse(text, "--shard"))
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e).hasMessage("`--shard` cannot be `" + text + "`");
            });
  }

  @Test
  void takesWhatAnIndexedJobSays() {
    assertThat(Shard.of(Map.of())).isEmpty();
    assertThat(Shard.of(Map.of("JOB_COMPLETIONS", "4"))).isEmpty();
    assertThat(Shard.of(Map.of("JOB_COMPLETION_INDEX", "2", "JOB_COMPLETIONS", "4")))
        .contains(new Shard(2, 4));
  }

  @Test
  void doesNotGuessHowManySharesThereAre() {
    assertThatThrownBy(() -> Shard.of(Map.of("JOB_COMPLETION_INDEX", "2")))
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.hint().orElseThrow()).contains("JOB_COMPLETIONS");
            });
  }
}
