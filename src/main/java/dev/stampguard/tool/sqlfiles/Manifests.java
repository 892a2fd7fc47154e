package dev.stampguard.tool.sqlfiles;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a project's own list of libraries says about its migration tool. */
final class Manifests {
  private static final Pattern SQLX = Pattern.compile("(?m)^\\s*(sqlx[\\w.-]*\\s*=|\\[.*\\.sqlx])");
  private static final Pattern DIESEL =
      Pattern.compile("(?m)^\\s*(diesel[\\w.-]*\\s*=|\\[.*\\.diesel])");

  private Manifests() {}

  /** Whether a Rust project uses sqlx. */
  static boolean nameSqlx(Path project) {
    return holds(project.resolve("Cargo.toml"), SQLX);
  }

  /** Whether a Rust project uses Diesel. */
  static boolean nameDiesel(Path project) {
    return holds(project.resolve("Cargo.toml"), DIESEL);
  }

  /** Whether a Node project uses a library. */
  static boolean nameLibrary(Path project, String library) {
    return ScriptFiles.settings(project.resolve("package.json"))
        .filter(text -> text.contains("\"" + library + "\""))
        .isPresent();
  }

  /** Whether a project uses a tool whose files may look like golang-migrate's. */
  static boolean nameAnother(Path project) {
    return nameSqlx(project) || nameDiesel(project) || nameLibrary(project, "node-pg-migrate");
  }

  private static boolean holds(Path file, Pattern line) {
    return ScriptFiles.settings(file).filter(text -> line.matcher(text).find()).isPresent();
  }
}
