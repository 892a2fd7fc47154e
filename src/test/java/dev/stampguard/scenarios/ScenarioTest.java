package dev.stampguard.scenarios;

import dev.stampguard.cli.InProcess;
import org.junit.jupiter.api.Tag;

/** Every scenario, told by the program in process. */
@Tag("postgres")
class ScenarioTest extends ScenarioContract {
  @Override
  StampguardRun stampguard() {
    return (directory, environment, args) -> {
      InProcess.Result result = InProcess.run(directory, environment, args);
      return new StampguardRun.Result(result.exitCode(), result.out(), result.err());
    };
  }
}
