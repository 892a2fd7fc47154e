package dev.stampguard.cli;

/**
 * The program without the framework around it, which outside of a package takes standard input for
 * a console of its own.
 */
final class PlainMain {
  private PlainMain() {}

  public static void main(String... args) {
    System.exit(Cli.launch(Invocation.ofThisProcess(), args));
  }
}
