package dev.stampguard.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where data goes, in UTF-8. Unlike any other {@link PrintStream} it tells why something could not
 * be written.
 */
final class ReportStream extends PrintStream {
  private final Watched target;
  private final BooleanSupplier pipe;

  private ReportStream(Watched target, BooleanSupplier pipe) {
    super(target, false, StandardCharsets.UTF_8);
    this.target = target;
    this.pipe = pipe;
  }

  /**
   * @param pipe whether {@code target} leads to another process
   */
  static ReportStream to(OutputStream target, BooleanSupplier pipe) {
    return new ReportStream(new Watched(target), pipe);
  }

  /** The standard output of this process. */
  static ReportStream standard() {
    return to(new FileOutputStream(FileDescriptor.out), () -> TerminalDetection.isPipe(1));
  }

  /**
   * Why some of what was printed is lost. Empty when nothing is, and when whoever reads has seen
   * enough and left, as {@code | head} does: that is no failure.
   */
  Optional<String> loss() {
    flush();
    return Optional.ofNullable(target.failure)
        .map(failure -> String.valueOf(failure.getMessage()))
        // Where the system cannot be asked, its message tells; elsewhere it may be translated.
        .filter(message -> !pipe.getAsBoolean() && !message.contains("Broken pipe"));
  }

  /** Remembers the first failure. */
  private static final class Watched extends OutputStream {
    private final OutputStream target;
    private IOException failure;

    Watched(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int data) throws IOException {
      write(new byte[] {(byte) data}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int length) throws IOException {
      try {
        target.write(data, from, length);
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        target.flush();
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    private IOException remembered(IOException e) {
      if (failure == null) {
        failure = e;
      }
      return e;
    }
  }
}
