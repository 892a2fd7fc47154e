package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Candidate.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Goes through the places that can name a database.
 *
 * @param request what to look at
 * @param envFile the environment file, empty when there is none
 * @param variables the environment the program sees, {@code .env} included
 */
record Candidates(TargetRequest request, Optional<EnvFile> envFile, Map<String, String> variables) {
  /** Variables that name a database without a URL; the first that is set is the source. */
  private static final List<String> DATABASE_VARIABLES = List.of("PGSERVICE", "PGDATABASE");

  private static final String SERVER_VARIABLE = "PGHOST";
  private static final Pattern POSTGRES_URL =
      Pattern.compile("(?:postgres(?:ql)?(?:\\+\\w+)?://|jdbc:postgresql:).*", Pattern.DOTALL);

  /**
   * The sources that name a database, strongest first.
   *
   * @throws StampguardException (usage) when there is none
   */
  List<Candidate> find() {
    List<Candidate> urls =
        Stream.of(option(), environment(), envFileEntry(), tool())
            .flatMap(Optional::stream)
            .toList();
    // A server alone names a database only where nothing else does.
    List<String> naming =
        urls.isEmpty()
            ? Stream.concat(DATABASE_VARIABLES.stream(), Stream.of(SERVER_VARIABLE)).toList()
            : DATABASE_VARIABLES;
    List<Candidate> all = Stream.concat(urls.stream(), libpq(naming).stream()).toList();
    if (all.isEmpty()) {
      throw nothingNamed();
    }
    return all;
  }

  private Optional<Candidate> option() {
    return request.url().map(url -> elsewhere(Origin.OPTION, "--url", url));
  }

  private Optional<Candidate> environment() {
    return Optional.ofNullable(request.environment().get(request.urlVariable()))
        .filter(url -> !url.isBlank())
        .map(url -> elsewhere(Origin.ENVIRONMENT, inEnvironment(request.urlVariable()), url));
  }

  private static Candidate elsewhere(Origin origin, String source, String url) {
    return new Candidate(origin, source, Optional.of(TracedText.elsewhere(url, source)));
  }

  private Optional<Candidate> envFileEntry() {
    return envFile.flatMap(
        file -> file.lookup(request.urlVariable()).flatMap(entry -> ofEntry(file, entry)));
  }

  private static Optional<Candidate> ofEntry(EnvFile file, EnvFile.Entry entry) {
    return entry
        .value()
        .map(EnvFile.Value::traced)
        .filter(url -> !url.text().isBlank())
        .map(url -> new Candidate(Origin.ENV_FILE, file.where(entry), Optional.of(url)));
  }

  private Optional<Candidate> tool() {
    return request
        .toolUrl()
        .filter(url -> !url.text().isBlank())
        .map(url -> new Candidate(Origin.TOOL, url.source(), Optional.of(url.traced())));
  }

  private Optional<Candidate> libpq(List<String> naming) {
    return naming.stream()
        .filter(this::isSet)
        .findFirst()
        .map(variable -> new Candidate(Origin.LIBPQ, where(variable), Optional.empty()));
  }

  private boolean isSet(String variable) {
    return !variables.getOrDefault(variable, "").isBlank();
  }

  private String where(String variable) {
    return envFile
        .filter(file -> !request.environment().containsKey(variable))
        .flatMap(file -> file.lookup(variable).map(file::where))
        .orElse(inEnvironment(variable));
  }

  /** How messages call a variable of the process environment. */
  static String inEnvironment(String variable) {
    return "environment " + variable;
  }

  /** Whether a variable's value is meant as the URL of a PostgreSQL database. */
  static boolean isPostgresUrl(String value) {
    return POSTGRES_URL.matcher(value).matches();
  }

  private StampguardException nothingNamed() {
    String variable = request.urlVariable();
    String file = envFile.map(EnvFile::name).orElse(ProjectEnvFile.DEFAULT_NAME);
    return new StampguardException(
        ExitCode.USAGE,
        ("no database is named: there is no `--url`, neither `%s` nor `PGSERVICE`, `PGDATABASE` or"
                + " `PGHOST` is set in the environment%s, and the migration tool's configuration has"
                + " no URL that can be read")
            .formatted(
                variable,
                envFile.isPresent()
                    ? " or in `%s`".formatted(file)
                    : " (there is no `%s`)".formatted(file)),
        otherVariable()
            .map(name -> "stampguard target --url-variable " + ShellWords.quote(name))
            .or(() -> envFile.flatMap(read -> read.warnings().stream().findFirst()))
            .orElse(
                "stampguard target --url postgresql://USER@localhost:5432/DATABASE (or set `%s` to that)"
                    .formatted(variable)));
  }

  /** A variable of another name that holds a PostgreSQL URL: what was probably meant. */
  private Optional<String> otherVariable() {
    return variables.entrySet().stream()
        .filter(variable -> isPostgresUrl(variable.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }
}
