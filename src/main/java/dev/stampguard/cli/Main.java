package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The program's entry. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(ExitCode.USAGE.code());
  }
}
