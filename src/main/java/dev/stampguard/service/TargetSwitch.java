package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.target.EnvEdit;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetEditor;
import dev.stampguard.target.TargetEditor.Applied;
import dev.stampguard.target.TargetRequest;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.target.TargetResolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Makes a run use another database of the target's server, by one change in the project's files.
 */
public final class TargetSwitch {
  private final TargetEditor editor;

  /**
   * @param request what the choice of the target depends on
   */
  public TargetSwitch(TargetRequest request) {
    this.editor = new TargetEditor(request);
  }

  /**
   * A switch that was made.
   *
   * @param edit what was changed
   * @param backup the copy of the file as it was, absolute
   * @param resolution which database a run uses now
   * @param warnings one sentence each about what else there is to know
   */
  public record Switched(
      EnvEdit edit, Path backup, TargetResolution resolution, List<String> warnings) {
    public Switched {
      Objects.requireNonNull(edit);
      Objects.requireNonNull(backup);
      Objects.requireNonNull(resolution);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Says what would be changed; writes nothing, and asks no server.
   *
   * @throws StampguardException (refused) when no file decides which database is used, or the name
   *     cannot be written there
   */
  public EnvEdit plan(String database) {
    return editor.plan(database);
  }

  /** The database a planned switch leads to. */
  public Target target(EnvEdit edit) {
    return editor.target(edit);
  }

  /**
   * Makes a planned switch and looks again which database a run uses.
   *
   * @throws StampguardException (refused) when the file is not as it was planned for, or cannot be
   *     replaced, and nothing has changed; (change failed) when a run would use another database
   *     than the one that was meant
   */
  public Switched apply(EnvEdit edit) {
    Applied applied = editor.apply(edit);
    TargetResolution now = new TargetResolver().resolve(editor.reread());
    if (!now.target().database().equals(edit.after())) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` names `%s` now, but a run would use `%s` (%s)"
              .formatted(
                  edit.where(), edit.after(), now.target().database(), now.target().source()),
          "`%s` brings the file back"
              .formatted(
                  ShellWords.join(
                      List.of("mv", applied.backup().toString(), edit.file().toString()))));
    }
    return new Switched(edit, applied.backup(), now, applied.warnings());
  }
}
