package dev.stampguard.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command about backups. */
final class BackupOptions {
  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where backups are kept (default: the project's .stampguard/backups).")
  Path directory;
}
