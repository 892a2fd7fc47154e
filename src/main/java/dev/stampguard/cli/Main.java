package dev.stampguard.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;

/**
 * The program's entry. What scripts call before every step answers before the framework boots; both
 * ways run the same classes through {@link Cli}.
 */
@QuarkusMain
public final class Main {
  private static final Set<String> WITHOUT_FRAMEWORK =
      Set.of("check", "help", "--help", "-h", "--version", "-V");

  private Main() {}

  public static void main(String[] args) {
    if (args.length == 0 || WITHOUT_FRAMEWORK.contains(args[0])) {
      System.exit(run(args));
    }
    Quarkus.run(Framework.class, args);
  }

  private static int run(String... args) {
    return Cli.launch(Invocation.ofThisProcess(), args);
  }

  /**
   * The other way in, for commands that may need what the framework starts. It is no bean, so the
   * framework makes it by reflection.
   */
  @RegisterForReflection
  public static final class Framework implements QuarkusApplication {
    @Override
    public int run(String... args) {
      return Main.run(args);
    }
  }
}
