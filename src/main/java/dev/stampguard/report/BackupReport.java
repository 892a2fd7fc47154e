package dev.stampguard.report;

import dev.stampguard.backup.Backup;
import java.util.List;
import java.util.Objects;

/** What became of backups. */
public sealed interface BackupReport extends Report {
  /**
   * One was made.
   *
   * @param goBack the command that restores it
   */
  record Created(Backup backup, String goBack) implements BackupReport {
    public Created {
      Objects.requireNonNull(backup);
      Objects.requireNonNull(goBack);
    }
  }

  /**
   * Those there are.
   *
   * @param directory where they are kept
   * @param backups oldest first
   * @param damaged what looks like a backup and is none, one sentence each
   */
  record Listed(String directory, List<Backup> backups, List<String> damaged)
      implements BackupReport {
    public Listed {
      Objects.requireNonNull(directory);
      backups = List.copyOf(backups);
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * One was restored to prove that it can be.
   *
   * @param problems what speaks against it, one short text each; nothing when it is proven
   */
  record Verified(Backup backup, List<String> problems) implements BackupReport {
    public Verified {
      Objects.requireNonNull(backup);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Old ones were deleted.
   *
   * @param removed oldest first
   * @param left how many there are now
   */
  record Pruned(List<Backup> removed, int left) implements BackupReport {
    public Pruned {
      removed = List.copyOf(removed);
    }
  }
}
