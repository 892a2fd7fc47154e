package dev.stampguard.tool.sqlfiles;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.sql.SqlReader;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts migrations in a row, and reads what each does to the schema.
 *
 * @param command what runs those that are programs; empty when nothing is configured
 */
record History(SqlFileTool tool, Path project, Optional<String> command) {
  Scripts of(List<MigrationFile> migrations, List<GraphProblem> known) {
    var problems = new ArrayList<>(known);
    var chain = new LinkedHashMap<String, MigrationFile>();
    var revisions = new ArrayList<Revision>();
    Optional<MigrationFile> before = Optional.empty();
    for (MigrationFile file : migrations) {
      MigrationFile first = chain.putIfAbsent(file.id(), file);
      if (first != null) {
        problems.add(duplicate(file, first));
        continue;
      }
      revisions.add(
          new Revision(
              file.id(),
              file.message(),
              file.path(),
              1,
              before.map(MigrationFile::id).stream().toList(),
              List.of(),
              List.of(),
              VersionDate.of(file.id())));
      before = Optional.of(file);
    }
    return Scripts.of(RevisionGraph.of(revisions, problems), () -> content(chain));
  }

  private static GraphProblem duplicate(MigrationFile file, MigrationFile first) {
    return new GraphProblem(
        GraphProblem.Kind.DUPLICATE_ID,
        "`%s` is also what `%s` is called".formatted(file.id(), first.path()),
        file.path(),
        1,
        List.of(file.id()));
  }

  private Scripts.Content content(Map<String, MigrationFile> chain) {
    var operations = new LinkedHashMap<String, List<SchemaOperation>>();
    var idle = new HashSet<String>();
    chain.forEach(
        (id, file) -> {
          if (tool.isProgram(file)) {
            operations.put(
                id,
                tool.programs().stream()
                    .map(programs -> programs.untold(project, file, command))
                    .toList());
            return;
          }
          try {
            List<Piece> pieces = tool.script(file).pieces();
            operations.put(
                id,
                pieces.stream()
                    .flatMap(piece -> SqlReader.read(piece.sql(), piece.line()).stream())
                    .toList());
            if (pieces.stream().allMatch(piece -> SqlReader.isEmpty(piece.sql()))) {
              idle.add(id);
            }
          } catch (UnusableScriptException e) {
            operations.put(
                id, List.of(new SchemaOperation.Unreadable(1, e.getMessage(), Set.of())));
          }
        });
    return new Scripts.Content(operations, idle);
  }
}
