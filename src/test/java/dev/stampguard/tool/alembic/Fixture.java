package dev.stampguard.tool.alembic;

import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.PythonSyntaxException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Access to the fixture projects below {@code resources/alembic} and to scripts in tests. */
public final class Fixture {
  private Fixture() {}

  /** The directory of a fixture project. */
  public static Path directory(String name) {
    URL resource = Fixture.class.getResource("/alembic/" + name);
    try {
      return Path.of(Objects.requireNonNull(resource, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** The fixture project as stampguard finds it. */
  public static MigrationProject project(String name) {
    return new AlembicTool().detect(directory(name)).orElseThrow();
  }

  /** What {@code upgrade()} with this body does; {@code op} and {@code sa} are imported. */
  static List<SchemaOperation> upgrade(String... body) {
    return script("def upgrade():\n    " + String.join("\n    ", body));
  }

  /** What a script does whose imports are those that Alembic writes. */
  static List<SchemaOperation> script(String text) {
    String imports =
        """
        from alembic import op
        import sqlalchemy as sa
        from sqlalchemy.dialects import postgresql
        """;
    try {
      return UpgradeReader.read(PythonModule.parse(imports + text + "\n"));
    } catch (PythonSyntaxException e) {
      throw new IllegalArgumentException("line " + e.line() + ": " + e.getMessage(), e);
    }
  }
}
