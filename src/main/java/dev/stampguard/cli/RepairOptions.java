package dev.stampguard.cli;

import dev.stampguard.repair.BackupKind;
import dev.stampguard.repair.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What only {@code repair} takes. */
final class RepairOptions {
  /** Stands for {@code --apply} without a file. */
  static final String NO_FILE = "";

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      description =
          "restamp, missing, graft, recreate or switch (default: the one `diagnose` recommends).")
  Strategy strategy;

  @Option(
      names = "--apply",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = NO_FILE,
      description = "Carry the plan out; with FILE exactly the one that was saved there.")
  String apply;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; needed where nobody can be asked.")
  boolean yes;

  @Option(
      names = "--allow",
      paramLabel = "HAZARD",
      split = ",",
      description = "Allow a hazard that the plan names; repeatable.")
  List<String> allow;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Save the plan for a later `--apply FILE`.")
  Path save;

  @Option(
      names = "--backup",
      paramLabel = "KIND",
      description =
          "What is backed up first: full, affected (the schema, and the rows of the tables that"
              + " change), schema or none (default: full).")
  BackupKind backup;

  @Option(
      names = "--assume-applied",
      paramLabel = "REVISION",
      split = ",",
      description = "A revision that changes only data counts as having run; repeatable.")
  List<String> assumeApplied;

  @Option(
      names = "--run",
      paramLabel = "REVISION",
      split = ",",
      description = "A revision that changes only data is run; repeatable.")
  List<String> run;

  @Option(
      names = "--to",
      paramLabel = "DB",
      description = "switch: the database to use (default: the first consistent one).")
  String to;

  @Option(
      names = "--copy-data",
      description = "recreate: copy the rows of the tables and columns both databases have.")
  boolean copyData;

  @Option(
      names = "--redefine",
      description = "graft: also change objects that are there in another form (SG105).")
  boolean redefine;

  @Option(
      names = "--backfill",
      paramLabel = "COLUMN=SQL",
      description =
          "graft: what rows that are there get in a column that takes no nulls, for example"
              + " public.users.email=''; repeatable.")
  Map<String, String> backfill;

  @Option(
      names = "--terminate",
      description = "recreate: end the sessions that keep the database from being renamed.")
  boolean terminate;
}
