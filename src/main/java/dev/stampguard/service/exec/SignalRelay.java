package dev.stampguard.service.exec;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes the signals that we get on to a process, until it is closed; those that come before the
 * process does wait for it.
 *
 * <p>Which signal came is to be learnt from {@code sun.misc.Signal} only. It is called by
 * reflection, because javac warns of it by its name and cannot be told not to; what a native image
 * must know for that stands in {@code META-INF/native-image}.
 */
final class SignalRelay implements AutoCloseable {
  /** The JVM keeps the others for itself. */
  private static final List<String> RELAYED = List.of("HUP", "INT", "TERM");

  private final boolean terminal;
  private final List<String> waiting = new ArrayList<>();
  private Process process;

  /** What was done on a signal before, by its name. */
  private final Map<String, Object> former = new LinkedHashMap<>();

  private SignalRelay(boolean terminal) {
    this.terminal = terminal;
  }

  /**
   * @param terminal whether a terminal sends the interrupts of its keyboard to the process itself
   */
  static SignalRelay open(boolean terminal) {
    var relay = new SignalRelay(terminal);
    RELAYED.forEach(signal -> relay.former.put(signal, handle(signal, relay.passing(signal))));
    return relay;
  }

  /** Says which process the signals are for. */
  synchronized void to(Process started) {
    process = started;
    waiting.forEach(this::send);
  }

  /** Has a handler called on a signal, and tells which one was. */
  private static Object handle(String signal, Object handler) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object named = type.getConstructor(String.class).newInstance(signal);
      return type.getMethod("handle", type, handlers).invoke(null, named, handler);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }

  private Object passing(String signal) {
    try {
      return Proxy.newProxyInstance(
          SignalRelay.class.getClassLoader(),
          new Class<?>[] {Class.forName("sun.misc.SignalHandler")},
          (proxy, method, arguments) -> {
            pass(signal);
            return null;
          });
    } catch (ClassNotFoundException e) {
      throw unknown(e);
    }
  }

  private static IllegalStateException unknown(ReflectiveOperationException e) {
    return new IllegalStateException("a Java without sun.misc.Signal", e);
  }

  private synchronized void pass(String signal) {
    if (terminal && !signal.equals("TERM")) {
      return; // the terminal sends it to the process as well
    }
    if (process == null) {
      waiting.add(signal);
    } else if (process.isAlive()) {
      send(signal);
    }
  }

  private void send(String signal) {
    try {
      new ProcessBuilder("kill", "-s", signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      // An image with nothing but the program has no `kill`.
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    former.forEach(SignalRelay::handle);
  }
}
