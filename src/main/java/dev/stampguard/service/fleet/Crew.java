package dev.stampguard.service.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Does many tasks, so many at once, and hands their results over in the order of the tasks, each as
 * soon as all before it are there.
 *
 * <p>A task that lingers gives its place away, so that a database which does not answer holds up
 * nobody but those who wait for its line. Not without end: {@link #MOST} times the places is the
 * most that is ever under way.
 *
 * <p>Threads of the platform, not virtual ones: before JDK 24 one that waits inside a {@code
 * synchronized} method of the driver would hold a processor's only carrier.
 */
public final class Crew<T, R> {
  private static final int MOST = 4;
  private static final Duration LINGERING = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(100);

  private final List<T> tasks;
  private final Function<T, R> work;
  private final int places;
  private final long lingering;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Worker> workers = new ArrayList<>();
  private final R[] results;
  private Throwable failure;
  private int begun;
  private int done;
  private int handedOver;
  private boolean stopped;

  /**
   * @param tasks in the order of their results
   * @param places how many are done at once
   * @param work does one; throws nothing and returns no null
   */
  public Crew(List<T> tasks, int places, Function<T, R> work) {
    this(tasks, places, work, LINGERING);
  }

  Crew(List<T> tasks, int places, Function<T, R> work, Duration lingering) {
    this.tasks = List.copyOf(tasks);
    this.places = places;
    this.work = work;
    this.lingering = lingering.toNanos();
    this.results = newArray(tasks.size());
  }

  @SuppressWarnings("unchecked")
  private static <R> R[] newArray(int length) {
    return (R[]) new Object[length];
  }

  /**
   * Does all of them.
   *
   * @param inOrder takes the results, on this thread
   * @param progress hears now and then how many are done
   * @return whether every result was handed over; false when somebody stopped it
   */
  public boolean run(Consumer<R> inOrder, IntConsumer progress) {
    lock.lock();
    try {
      for (int i = 0; i < Math.min(places, tasks.size()); i++) {
        start();
      }
      while (!stopped) {
        rethrow();
        while (handedOver < results.length && results[handedOver] != null) {
          handOver(inOrder);
        }
        if (handedOver == results.length) {
          return true;
        }
        progress.accept(done);
        if (changed.awaitNanos(TICK.toNanos()) <= 0) {
          relieve();
        }
      }
      return false;
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the run from another thread: what is done by now is handed over, in order, on that thread;
   * what is not is given up.
   *
   * @param patience how long to wait for a result that is being handed over at this moment
   * @return whether that was over in time; nothing was handed over otherwise
   */
  public boolean stop(Duration patience, Consumer<R> inOrder) {
    try {
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      stopped = true;
      while (handedOver < results.length) {
        if (results[handedOver] == null) {
          handedOver++;
        } else {
          handOver(inOrder);
        }
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void handOver(Consumer<R> inOrder) {
    R result = results[handedOver];
    results[handedOver] = null;
    handedOver++;
    inOrder.accept(result);
  }

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** Puts somebody in the place of each who has been at one task for long. */
  private void relieve() {
    long now = System.nanoTime();
    for (Worker worker : List.copyOf(workers)) {
      if (begun < tasks.size()
          && workers.size() < places * MOST
          && !worker.relieved
          && now - worker.since >= lingering) {
        worker.relieved = true;
        start();
      }
    }
  }

  private void start() {
    var worker = new Worker();
    workers.add(worker);
    // Nobody has to wait for what hangs when the run is over.
    Thread.ofPlatform().name("stampguard-fleet").daemon().start(worker);
  }

  /** Does one task after the other until there is none, or somebody else has its place. */
  private final class Worker implements Runnable {
    private long since;
    private boolean relieved;

    @Override
    public void run() {
      int task = next(-1, null);
      while (task >= 0) {
        R result = null;
        try {
          result = work.apply(tasks.get(task));
        } catch (Throwable e) {
          fail(e);
        }
        task = next(task, result);
      }
    }

    /** Leaves a result; returns the next task, or -1. */
    private int next(int last, R result) {
      lock.lock();
      try {
        if (last >= 0) {
          done++;
          results[last] = stopped ? null : result;
          if (last == handedOver) {
            changed.signalAll();
          }
        }
        if (stopped || relieved || begun == tasks.size()) {
          workers.remove(this);
          return -1;
        }
        since = System.nanoTime();
        return begun++;
      } finally {
        lock.unlock();
      }
    }

    private void fail(Throwable e) {
      lock.lock();
      try {
        failure = e;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
