package dev.stampguard.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Every key there is. */
enum Key {
  URL_VARIABLE("url-variable"),
  ENV_FILE("env-file"),
  FAIL_ON("fail-on"),
  CONNECT_TIMEOUT("connect-timeout"),
  STATEMENT_TIMEOUT("statement-timeout"),
  COLOR("color"),
  OUTPUT("output"),
  REFERENCE("reference"),
  IGNORE("ignore"),
  POLICY_DATABASE("policy.database"),
  RUN("run"),
  REQUIRE_HEAD("require-head"),
  VERSION_TABLE("version-table"),
  VERSION_TABLE_SCHEMA("version-table-schema"),
  BACKUP_DIRECTORY("backup-directory"),
  SCRATCH("scratch"),
  PYTHON("python"),
  DRIVER_ENV("driver-env"),
  X_ARGUMENTS("x-arguments"),
  EXTENSIONS("extensions"),
  NAMING_CONVENTION_IX("naming-convention.ix"),
  NAMING_CONVENTION_UQ("naming-convention.uq"),
  NAMING_CONVENTION_CK("naming-convention.ck"),
  NAMING_CONVENTION_FK("naming-convention.fk"),
  NAMING_CONVENTION_PK("naming-convention.pk");

  static final String NAMING_CONVENTION_PREFIX = "naming-convention.";

  static final String VARIABLE_PREFIX = "STAMPGUARD_";

  private final String label;

  Key(String label) {
    this.label = label;
  }

  /** The key as the file spells it. */
  String label() {
    return label;
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
