package dev.stampguard.tool.typeorm;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.code.JavaScriptCalls;
import dev.stampguard.tool.code.SqlInPrograms;
import dev.stampguard.tool.command.ProgramScripts;
import java.util.List;
import java.util.Set;

/**
 * Reads the SQL of {@code queryRunner.query('…')} in a migration's {@code up}, as TypeORM itself
 * generates it. What else is done there, or only on some condition, is not understood.
 */
final class UpReader {
  private static final JavaScriptCalls CALLS =
      new JavaScriptCalls(Set.of("query"), Set.of(), false);

  private final ProgramScripts finder;

  UpReader(ProgramScripts finder) {
    this.finder = finder;
  }

  /**
   * What it does.
   *
   * @param body of the class, with its brackets
   * @param line 1-based line of the file on which it begins
   */
  List<SchemaOperation> read(String body, int line) {
    return SqlInPrograms.javaScript(body, line, CALLS, finder::unreadable);
  }
}
