package dev.stampguard.service.exec;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes the signals that we get on to a process, until it is closed.
 *
 * <p>Which signal came is to be learnt from {@code sun.misc.Signal} only. It is called by
 * reflection, because javac warns of it by its name and cannot be told not to; what a native image
 * must know for that stands in {@code META-INF/native-image}.
 */
final class SignalRelay implements AutoCloseable {
  /** The JVM keeps the others for itself. */
  private static final List<String> RELAYED = List.of("HUP", "INT", "TERM");

  private final Process process;
  private final boolean terminal;

  /** What happened on a signal before, by the signal. */
  private final Map<Object, Object> former = new LinkedHashMap<>();

  private SignalRelay(Process process, boolean terminal) {
    this.process = process;
    this.terminal = terminal;
  }

  /**
   * @param terminal whether a terminal sends the interrupts of its keyboard to the process itself
   */
  static SignalRelay to(Process process, boolean terminal) {
    var relay = new SignalRelay(process, terminal);
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (String name : RELAYED) {
        Object number = signal.getConstructor(String.class).newInstance(name);
        Object passing =
            Proxy.newProxyInstance(
                SignalRelay.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  relay.pass(name);
                  return null;
                });
        relay.former.put(
            number, signal.getMethod("handle", signal, handler).invoke(null, number, passing));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a JDK without sun.misc.Signal", e);
    }
    return relay;
  }

  private void pass(String signal) {
    boolean itHasIt = terminal && !signal.equals("TERM");
    if (!itHasIt && process.isAlive()) {
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
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (Map.Entry<Object, Object> before : former.entrySet()) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, before.getKey(), before.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a JDK without sun.misc.Signal", e);
    }
  }
}
