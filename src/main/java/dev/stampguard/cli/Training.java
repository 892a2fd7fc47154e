package dev.stampguard.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Runs several command lines in one process, for the build: a JVM's cache of loaded classes is
 * written by a single process, and has to know what every common command needs.
 */
final class Training {
  private Training() {}

  /** Reads a command line from each line of standard input; its words have no spaces in them. */
  public static void main(String[] args) throws IOException {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Invocation own = Invocation.ofThisProcess();
    var lines = new BufferedReader(new InputStreamReader(own.in(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      var invocation =
          new Invocation(
              own.directory(),
              own.environment(),
              own.home(),
              own.user(),
              InputStream.nullInputStream(),
              nowhere,
              nowhere,
              false,
              false,
              false);
      own.out().println(Cli.launch(invocation, line.split(" ")) + " " + line);
    }
    own.out().flush();
  }
}
