package dev.stampguard.target;

import dev.stampguard.StampguardException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves by reading an edited text again that it changes which database is used, and nothing else.
 *
 * @param before the sources as they stand
 * @param settings what they come to
 * @param edited the assignment that was edited
 */
record EditProof(Sources before, ConnectionSettings settings, Provenance.Assignment edited) {
  /**
   * What the sources come to now, if they lead to that database from the same place, with
   * everything else as it was; also what no target depends on, but for what takes in the edited
   * value.
   *
   * @param reading reads them again
   */
  Optional<Sources> prove(Supplier<Sources> reading, String database) {
    try {
      Sources after = reading.get();
      ConnectionSettings now = after.settings();
      return Optional.of(after)
          .filter(s -> now.get(ConnectionSettings.DATABASE).equals(Optional.of(database)))
          .filter(s -> now.isSameButForDatabase(settings))
          .filter(s -> s.strongest().source().equals(before.strongest().source()))
          .filter(s -> isSameFile(entries(s)));
    } catch (StampguardException e) {
      return Optional.empty();
    }
  }

  private boolean isSameFile(List<EnvFile.Entry> after) {
    List<EnvFile.Entry> mine = entries(before);
    if (after.size() != mine.size()) {
      return false;
    }
    for (int i = 0; i < mine.size(); i++) {
      EnvFile.Entry was = mine.get(i);
      EnvFile.Entry is = after.get(i);
      boolean isSame =
          was.key().equals(is.key())
              && was.line() == is.line()
              && (was.isFrom(edited)
                  || was.value()
                      .map(EnvFile.Value::text)
                      .equals(is.value().map(EnvFile.Value::text)));
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  private static List<EnvFile.Entry> entries(Sources sources) {
    return sources.envFile().map(EnvFile::entries).orElse(List.of());
  }
}
