package dev.stampguard.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;

/**
 * The program's entry. What only looks, and what git waits for, answers before the framework boots,
 * of which it would use nothing: that takes a JVM about as long as all the rest of {@code diagnose
 * --help}, and a native executable about as long as {@code check}. What changes something takes its
 * time anyway, and is looked after by the framework when somebody stops it. Both ways run the same
 * classes through {@link Cli}.
 */
@QuarkusMain
public final class Main {
  private static final Set<String> WITHOUT_FRAMEWORK =
      Set.of(
          "check",
          "diagnose",
          "compare",
          "history",
          "target",
          "sync",
          "hook",
          "completion",
          Candidates.COMMAND,
          "help",
          "--help",
          "-h",
          "--version",
          "-V");

  private Main() {}

  public static void main(String[] args) {
    if (args.length == 0 || WITHOUT_FRAMEWORK.contains(args[0])) {
      int exitCode = run(args);
      if (exitCode != 0) {
        System.exit(exitCode);
      }
      // An end is the same as an exit with 0, for which the JVM first starts its logging.
      return;
    }
    keepFrameworkFromProject();
    Quarkus.run(Framework.class, args);
  }

  /**
   * The framework takes {@code config/application.*} and {@code .env} of the working directory, and
   * variables that are meant for an application, for its own settings; here they are the project's.
   * Paths are resolved by what the JVM found at its start; {@link FrameworkSettings} leaves the
   * variables out.
   */
  private static void keepFrameworkFromProject() {
    System.setProperty("user.dir", "/dev/null");
    System.setProperty(FrameworkSettings.ALONE, "true");
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
