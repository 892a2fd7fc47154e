package dev.stampguard.config;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ReplayConfiguration.DriverEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code stampguard.properties} and the {@code STAMPGUARD_…} variables set; a variable wins
 * over the file, and a flag, which is not known here, over both.
 *
 * @param urlVariable the variable that holds the database URL
 * @param envFile the file to read instead of {@code .env}, made absolute against the project
 * @param failOn from which severity on a finding fails the run
 * @param connectTimeout how long a connection may take to open
 * @param statementTimeout how long one statement may take
 * @param color when text output is coloured
 * @param output the output format's name, not judged here
 * @param reference the reference database, a name or a URL, not judged here
 * @param ignores accepted drift, the file's rules first
 * @param databasePolicy which databases a run may use that is of no kind of its own
 * @param run the kind of run this is, for example {@code e2e}; empty when nothing says so
 * @param runPolicies which databases the kinds of runs may use
 * @param requireHead whether pending revisions fail {@code check}; empty when nothing says so
 * @param remember whether a healthy answer is remembered for as long as nothing can have changed
 * @param tool the name of the migration tool that is meant, not judged here
 * @param migrations where its scripts are, not judged here
 * @param versionTable the ledger's name where it cannot be read from the migration tool's own files
 * @param versionTableSchema the ledger's schema, likewise
 * @param backupDirectory where backups are kept, made absolute against the project
 * @param replay how the project's scripts are run
 */
public record Configuration(
    Optional<String> urlVariable,
    Optional<Path> envFile,
    Optional<FailOn> failOn,
    Optional<Duration> connectTimeout,
    Optional<Duration> statementTimeout,
    Optional<ColorMode> color,
    Optional<Setting> output,
    Optional<Setting> reference,
    List<IgnoreRule> ignores,
    Optional<DatabasePolicy> databasePolicy,
    Optional<Setting> run,
    RunPolicies runPolicies,
    Optional<Boolean> requireHead,
    boolean remember,
    Optional<Setting> tool,
    Optional<Setting> migrations,
    Optional<String> versionTable,
    Optional<String> versionTableSchema,
    Optional<Path> backupDirectory,
    ReplayConfiguration replay) {
  public Configuration {
    Objects.requireNonNull(urlVariable);
    Objects.requireNonNull(envFile);
    Objects.requireNonNull(failOn);
    Objects.requireNonNull(connectTimeout);
    Objects.requireNonNull(statementTimeout);
    Objects.requireNonNull(color);
    Objects.requireNonNull(output);
    Objects.requireNonNull(reference);
    ignores = List.copyOf(ignores);
    Objects.requireNonNull(databasePolicy);
    Objects.requireNonNull(run);
    Objects.requireNonNull(runPolicies);
    Objects.requireNonNull(requireHead);
    Objects.requireNonNull(tool);
    Objects.requireNonNull(migrations);
    Objects.requireNonNull(versionTable);
    Objects.requireNonNull(versionTableSchema);
    Objects.requireNonNull(backupDirectory);
    Objects.requireNonNull(replay);
  }

  /** The file's name in a project. */
  public static final String FILE_NAME = SettingsReader.FILE_NAME;

  /**
   * Reads the project's file, when there is one, and the environment.
   *
   * @param project the project's directory
   * @param environment the process environment
   * @throws StampguardException (usage) at an unknown key, a repeated key or a value that makes no
   *     sense, naming its place
   */
  public static Configuration load(Path project, Map<String, String> environment) {
    var reader = new SettingsReader();
    reader.readFile(project.resolve(SettingsReader.FILE_NAME));
    reader.readEnvironment(environment);
    return of(project, reader);
  }

  /**
   * Which databases a run may use.
   *
   * @param named the kind of run that the command line names; empty when it names none
   * @throws StampguardException (usage) when a kind is named that has no policy
   */
  public Optional<DatabasePolicy> policy(Optional<String> named) {
    return named
        .map(name -> new Setting(name, "--run"))
        .or(this::run)
        .map(runPolicies::require)
        .or(this::databasePolicy);
  }

  private static Configuration of(Path project, SettingsReader reader) {
    return new Configuration(
        single(reader, Key.URL_VARIABLE).map(Setting::value),
        single(reader, Key.ENV_FILE).map(setting -> project.resolve(setting.value())),
        single(reader, Key.FAIL_ON).map(setting -> word(setting, FailOn.values())),
        single(reader, Key.CONNECT_TIMEOUT).map(Configuration::duration),
        single(reader, Key.STATEMENT_TIMEOUT).map(Configuration::duration),
        single(reader, Key.COLOR).map(setting -> word(setting, ColorMode.values())),
        single(reader, Key.OUTPUT),
        single(reader, Key.REFERENCE),
        reader.all(Key.IGNORE).stream().map(IgnoreRule::parse).toList(),
        single(reader, Key.POLICY_DATABASE)
            .map(setting -> new DatabasePolicy(globs(setting), setting.where())),
        single(reader, Key.RUN),
        new RunPolicies(
            reader.runs().stream()
                .map(
                    run ->
                        new RunPolicies.RunPolicy(
                            run.name(),
                            new DatabasePolicy(globs(run.allowed()), run.allowed().where())))
                .toList()),
        single(reader, Key.REQUIRE_HEAD).map(Configuration::flag),
        single(reader, Key.REMEMBER).map(Configuration::flag).orElse(true),
        single(reader, Key.TOOL),
        single(reader, Key.MIGRATIONS),
        single(reader, Key.VERSION_TABLE).map(Setting::value),
        single(reader, Key.VERSION_TABLE_SCHEMA).map(Setting::value),
        single(reader, Key.BACKUP_DIRECTORY).map(setting -> project.resolve(setting.value())),
        replay(reader));
  }

  private static ReplayConfiguration replay(SettingsReader reader) {
    var convention = new TreeMap<String, String>();
    for (Key key : Key.values()) {
      if (key.label().startsWith(Key.NAMING_CONVENTION_PREFIX)) {
        single(reader, key)
            .ifPresent(
                setting ->
                    convention.put(
                        key.label().substring(Key.NAMING_CONVENTION_PREFIX.length()),
                        setting.value()));
      }
    }
    return new ReplayConfiguration(
        single(reader, Key.SCRATCH),
        single(reader, Key.PYTHON).map(Setting::value),
        single(reader, Key.DRIVER_ENV).map(setting -> word(setting, DriverEnvironment.values())),
        convention,
        list(reader, Key.X_ARGUMENTS),
        list(reader, Key.EXTENSIONS),
        single(reader, Key.REPLAY_COMMAND).map(Setting::value));
  }

  /** Values with commas between them. */
  private static List<String> list(SettingsReader reader, Key key) {
    return single(reader, key).stream()
        .flatMap(setting -> Arrays.stream(setting.value().split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static List<Glob> globs(Setting setting) {
    List<Glob> globs =
        Arrays.stream(setting.value().split(","))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .map(Glob::new)
            .toList();
    if (globs.isEmpty()) {
      throw withoutValue(setting);
    }
    return globs;
  }

  /** An empty value in the file is a mistake; an empty variable was left out before. */
  private static Optional<Setting> single(SettingsReader reader, Key key) {
    Optional<Setting> setting = reader.all(key).stream().findFirst();
    if (setting.filter(found -> found.value().isEmpty()).isPresent()) {
      throw withoutValue(setting.get());
    }
    return setting;
  }

  private static StampguardException withoutValue(Setting setting) {
    return new StampguardException(
        ExitCode.USAGE,
        "`%s` has no value".formatted(setting.where()),
        "give it one, or take the line out");
  }

  private static Duration duration(Setting setting) {
    return Durations.parsePositive(setting.value(), setting.where());
  }

  private static boolean flag(Setting setting) {
    return switch (setting.value()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw notOneOf(setting, "`true` or `false`");
    };
  }

  private static <E extends Enum<E>> E word(Setting setting, E[] choices) {
    return Arrays.stream(choices)
        .filter(choice -> label(choice).equals(setting.value()))
        .findFirst()
        .orElseThrow(
            () ->
                notOneOf(
                    setting,
                    Arrays.stream(choices)
                        .map(choice -> "`" + label(choice) + "`")
                        .collect(Collectors.joining(", "))));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static StampguardException notOneOf(Setting setting, String choices) {
    return new StampguardException(
        ExitCode.USAGE,
        "`%s` cannot be `%s`".formatted(setting.where(), setting.value()),
        "it is one of " + choices);
  }
}
