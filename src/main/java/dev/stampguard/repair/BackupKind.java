package dev.stampguard.repair;

import java.util.Locale;

/** What is backed up before a repair. */
public enum BackupKind {
  /** The whole database. */
  FULL,
  /** The whole schema, and the rows of the tables that the repair touches. */
  AFFECTED,
  /** The schema without rows. */
  SCHEMA,
  /** Nothing: the repair cannot be undone by a command. */
  NONE;

  /** The word on the command line and in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
