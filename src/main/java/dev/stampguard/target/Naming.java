package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Candidate.Origin;
import dev.stampguard.target.TracedText.Range;
import java.util.Optional;

/**
 * What says the name of the target's database.
 *
 * @param holder which of the places it is that holds the value
 * @param source where the value stands, for example {@code .env:3 DATABASE_URL}
 * @param name the part of the value that is the name, as it is written there
 * @param form how a name is written there
 */
record Naming(Origin holder, String source, TracedText name, DatabaseSpot.Form form) {
  private static final String VARIABLE = "PGDATABASE";

  /**
   * Finds it.
   *
   * @throws StampguardException (usage) when the strongest source is malformed; (refused) when
   *     nothing says the name but a service or the role
   */
  static Naming of(Sources sources) {
    Candidate winner = sources.strongest();
    ConnectionSettings settings = winner.settings();
    Optional<DatabaseSpot> spot = settings.databaseSpot();
    if (spot.isPresent()) {
      TracedText name = winner.text().orElseThrow().part(spot.get().start(), spot.get().end());
      return new Naming(winner.origin(), winner.source(), name, spot.get().form());
    }
    sources.defaults().fillFromService(settings, winner.source());
    if (settings.get(ConnectionSettings.DATABASE).isPresent()) {
      throw unsaid(winner, "it comes from a service file");
    }
    String variable = sources.defaults().variables().getOrDefault(VARIABLE, "");
    if (variable.isBlank()) {
      throw unsaid(winner, "it is the name of the role");
    }
    if (sources.request().environment().containsKey(VARIABLE)) {
      String where = Candidates.inEnvironment(VARIABLE);
      return new Naming(
          Origin.ENVIRONMENT,
          where,
          TracedText.elsewhere(variable, where),
          DatabaseSpot.Form.PLAIN);
    }
    EnvFile file = sources.envFile().orElseThrow();
    EnvFile.Entry entry = file.lookup(VARIABLE).orElseThrow();
    return new Naming(
        Origin.ENV_FILE,
        file.where(entry),
        entry.value().orElseThrow().traced(),
        DatabaseSpot.Form.PLAIN);
  }

  private static StampguardException unsaid(Candidate winner, String instead) {
    return new StampguardException(
        ExitCode.REFUSED,
        "`%s` does not say the database's name: %s".formatted(winner.source(), instead),
        "write the name into `%s` by hand".formatted(winner.source()));
  }

  /**
   * The characters of a file that have to change, and only they.
   *
   * @param database the name that is to stand there
   * @throws StampguardException (refused) when no file says the name, or not in one piece
   */
  Range range(String database) {
    for (Provenance origin : name.origins()) {
      if (origin instanceof Provenance.Elsewhere(String where)) {
        throw decidedElsewhere(where, database);
      }
    }
    Range range = name.range().orElseThrow(() -> notOnePiece(database));
    boolean isOwn = source.endsWith(place(range));
    if (!isOwn && (!range.isWhole() || !form.write(database).equals(database))) {
      throw notOnePiece(database);
    }
    return range;
  }

  private static String place(Range range) {
    return ":%s %s".formatted(range.assignment().line(), range.assignment().key());
  }

  private StampguardException decidedElsewhere(String where, String database) {
    String again = "`stampguard target use %s`".formatted(ShellWords.quote(database));
    String hint =
        switch (holder) {
          case OPTION -> "leave `--url` out: " + again;
          case ENVIRONMENT ->
              "`unset %s` and then %s, or export it with `%s` as its database"
                  .formatted(where.substring(where.indexOf(' ') + 1), again, database);
          case ENV_FILE, TOOL, LIBPQ -> "write `%s` into `%s` by hand".formatted(database, source);
        };
    return new StampguardException(
        ExitCode.REFUSED,
        "`%s` decides which database is used, and editing a file would change nothing"
            .formatted(where),
        hint);
  }

  private StampguardException notOnePiece(String database) {
    return new StampguardException(
        ExitCode.REFUSED,
        "`%s` does not say the database's name in one piece that could be replaced"
            .formatted(source),
        "write `%s` into it by hand".formatted(database));
  }
}
