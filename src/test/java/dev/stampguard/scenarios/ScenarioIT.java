package dev.stampguard.scenarios;

import dev.stampguard.launcher.Program;
import dev.stampguard.launcher.Shell;
import org.junit.jupiter.api.BeforeAll;

/**
 * Every scenario, told by the native executable: seconds there, minutes on a JVM that starts anew
 * for each command, where {@link ScenarioTest} tells the same in process.
 */
class ScenarioIT extends ScenarioContract {
  @BeforeAll
  static void onlyNatively() {
    Program.requireNative("the scenarios");
  }

  @Override
  StampguardRun stampguard() {
    return (directory, environment, arguments) -> {
      Shell.Result result = new Program(directory).with(environment).run(arguments);
      return new StampguardRun.Result(result.exitCode(), result.out(), result.err());
    };
  }
}
