package dev.stampguard.service.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {
  private static final List<Integer> TASKS = IntStream.range(0, 40).boxed().toList();
  private static final Duration NEVER = Duration.ofHours(1);

  private final List<Integer> taken = Collections.synchronizedList(new ArrayList<>());

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void handsOverInOrderWhateverEndsFirst() {
    var last = new CountDownLatch(1);
    var crew =
        new Crew<>(
            TASKS,
            4,
            (Integer task) -> {
              if (task == 0) {
                await(last);
              } else if (task == 39) {
                last.countDown();
              }
              return task;
            });

    assertThat(crew.run(taken::add, done -> {})).isTrue();
    assertThat(taken).isEqualTo(TASKS);
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(new Crew<Integer, Integer>(List.of(), 4, t -> t).run(taken::add, d -> {})).isTrue();
  }

  @Test
  void asManyAsThereArePlacesAreUnderWayAtOnceAndNoMore() {
    var together = new CyclicBarrier(4);
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    var crew =
        new Crew<>(
            TASKS,
            4,
            (Integer task) -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              try {
                // Only four that are there at the same time get past this.
                together.await(30, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              } finally {
                underWay.decrementAndGet();
              }
              return task;
            },
            NEVER);

    assertThat(crew.run(taken::add, done -> {})).isTrue();
    assertThat(most).hasValue(4);
  }

  /** Every place is taken by a task that hangs until all others are done. */
  @Test
  void whatLingersGivesItsPlaceAway() {
    var others = new CountDownLatch(36);
    var crew =
        new Crew<>(
            TASKS,
            4,
            (Integer task) -> {
              if (task < 4) {
                await(others);
              } else {
                others.countDown();
              }
              return task;
            },
            Duration.ofMillis(1));

    assertThat(crew.run(taken::add, done -> {})).isTrue();
    assertThat(taken).isEqualTo(TASKS);
  }

  @Test
  void thereIsAnEndToHowManyMayLinger() throws InterruptedException {
    var release = new CountDownLatch(1);
    var begun = new AtomicInteger();
    var crew =
        new Crew<>(
            TASKS,
            2,
            (Integer task) -> {
              begun.incrementAndGet();
              await(release);
              return task;
            },
            Duration.ofMillis(1));
    var ticks = new AtomicInteger();
    Thread running =
        Thread.ofPlatform().start(() -> crew.run(taken::add, done -> ticks.incrementAndGet()));
    while (ticks.get() < 20) {
      Thread.sleep(10);
    }

    assertThat(begun).hasValue(8);
    release.countDown();
    running.join();
    assertThat(taken).isEqualTo(TASKS);
  }

  @Test
  void stoppingHandsOverWhatIsDoneAndNothingAfterwards() throws InterruptedException {
    var release = new CountDownLatch(1);
    var done = new CountDownLatch(2);
    var crew =
        new Crew<>(
            List.of(0, 1, 2, 3),
            4,
            (Integer task) -> {
              if (task % 2 == 0) {
                await(release);
              }
              return task;
            },
            NEVER);
    var isWhole = new boolean[] {true};
    Thread running =
        Thread.ofPlatform()
            .start(
                () ->
                    isWhole[0] =
                        crew.run(
                            taken::add,
                            count -> {
                              while (done.getCount() > 2 - count) {
                                done.countDown();
                              }
                            }));
    done.await();

    assertThat(crew.stop(Duration.ofSeconds(5), taken::add)).isTrue();
    release.countDown();
    running.join();

    assertThat(isWhole[0]).isFalse();
    assertThat(taken).containsExactly(1, 3);
  }

  @Test
  void stoppingDoesNotWaitForAReaderThatHangs() throws InterruptedException {
    var printing = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var crew = new Crew<>(List.of(0, 1), 1, (Integer task) -> task);
    Thread running =
        Thread.ofPlatform()
            .start(
                () ->
                    crew.run(
                        task -> {
                          printing.countDown();
                          await(release);
                        },
                        done -> {}));
    printing.await();

    assertThat(crew.stop(Duration.ofMillis(20), taken::add)).isFalse();
    assertThat(taken).isEmpty();
    release.countDown();
    running.join();
  }

  @Test
  void aDefectInTheWorkEndsTheRun() {
    var crew =
        new Crew<Integer, Integer>(
            TASKS,
            2,
            task -> {
              throw new IllegalStateException("a defect");
            });

    assertThatThrownBy(() -> crew.run(taken::add, done -> {})).hasMessage("a defect");
  }
}
