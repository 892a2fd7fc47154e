package dev.stampguard.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as a process of its own, from the classes under test. */
final class Programs {
  private Programs() {}

  /** A process that knows nothing of the tests' own environment. */
  static ProcessBuilder process(List<String> command) {
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    return builder;
  }

  /** The command line up to stampguard's own words, with the launcher's options. */
  static List<String> java(String... options) {
    var command =
        new ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.stampguard.cli.Main"));
    return command;
  }
}
