package dev.stampguard.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Every key there is. */
enum Key {
  URL_VARIABLE("url-variable", "the variable that holds the database's URL (DATABASE_URL)"),
  ENV_FILE("env-file", "the file to read instead of the project's .env"),
  FAIL_ON(
      "fail-on", "from which severity on a finding fails the run: info, warning or error (error)"),
  CONNECT_TIMEOUT("connect-timeout", "how long a connection may take to open (5s)"),
  STATEMENT_TIMEOUT("statement-timeout", "how long one query may take (30s)"),
  COLOR("color", "auto, always or never (auto)"),
  OUTPUT("output", "the form of the output, as of --output (text)"),
  REFERENCE(
      "reference",
      "a database whose definitions are right: a name on the target's server, or a URL"),
  IGNORE("ignore", "accepted drift: CODE:GLOB # reason; repeatable in the file"),
  POLICY_DATABASE("policy.database", "a pattern for the names of the databases that may be used"),
  RUN("run", "the kind of run this is, whose policy.KIND.allow says which databases it may use"),
  REQUIRE_HEAD("require-head", "whether pending revisions fail check: true or false (false)"),
  REMEMBER(
      "remember",
      "whether check may repeat a healthy answer while nothing was written on the server: true or false (true)"),
  TOOL("tool", "the migration tool that is meant, as of --tool, where there are several"),
  MIGRATIONS("migrations", "where that tool's scripts are, instead of where its own settings say"),
  REPLAY_COMMAND(
      "replay.command", "the command that runs the migrations of a tool of another language"),
  VERSION_TABLE(
      "version-table", "the ledger's table, where the migration tool's files do not tell"),
  VERSION_TABLE_SCHEMA("version-table-schema", "the ledger's schema, likewise"),
  BACKUP_DIRECTORY("backup-directory", "where backups are kept (.stampguard/backups)"),
  SCRATCH("scratch", "where scripts may be replayed: auto, server, none or a URL"),
  PYTHON("python", "the interpreter that replays the scripts"),
  DRIVER_ENV("driver-env", "whose env.py a replay runs: own or project (own)"),
  X_ARGUMENTS(
      "x-arguments", "what context.get_x_argument() is to find: KEY=VALUE, separated by commas"),
  EXTENSIONS("extensions", "extensions that the scripts take for granted, separated by commas"),
  NAMING_CONVENTION_IX("naming-convention.ix", "the pattern by which the models name indexes"),
  NAMING_CONVENTION_UQ("naming-convention.uq", "the same for unique constraints"),
  NAMING_CONVENTION_CK("naming-convention.ck", "the same for check constraints"),
  NAMING_CONVENTION_FK("naming-convention.fk", "the same for foreign keys"),
  NAMING_CONVENTION_PK("naming-convention.pk", "the same for primary keys");

  static final String NAMING_CONVENTION_PREFIX = "naming-convention.";

  static final String VARIABLE_PREFIX = "STAMPGUARD_";

  private final String label;
  private final String meaning;

  Key(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** The key as the file spells it. */
  String label() {
    return label;
  }

  /** What it sets, in a few words, with the value that holds without it. */
  String meaning() {
    return meaning;
  }

  /** The environment variable of the same meaning. */
  String variable() {
    return VARIABLE_PREFIX + label.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  static Optional<Key> ofLabel(String label) {
    return Arrays.stream(values()).filter(key -> key.label.equals(label)).findFirst();
  }

  static Optional<Key> ofVariable(String variable) {
    return Arrays.stream(values()).filter(key -> key.variable().equals(variable)).findFirst();
  }

  /** The key that a misspelled one most probably means. */
  static Key nearest(String label) {
    return Arrays.stream(values())
        .min(Comparator.comparingInt(key -> EditDistance.between(key.label, label)))
        .orElseThrow();
  }

  /** The key whose variable a misspelled one most probably means. */
  static Key nearestVariable(String variable) {
    return Arrays.stream(values())
        .min(Comparator.comparingInt(key -> EditDistance.between(key.variable(), variable)))
        .orElseThrow();
  }
}
