package dev.stampguard.tool.sqlfiles;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a project's own list of libraries says about its migration tool. */
final class Manifests {
  private static final Pattern SQLX = Pattern.compile("(?m)^\\s*(sqlx[\\w.-]*\\s*=|\\[.*\\.sqlx])");
  private static final Pattern DIESEL =
      Pattern.compile("(?m)^\\s*(diesel[\\w.-]*\\s*=|\\[.*\\.diesel])");

  private Manifests() {}

  /** Whether a Rust project uses sqlx. */
  static boolean nameSqlx(ProjectLook look, Path project) {
    return holds(look.text(project, "Cargo.toml"), SQLX);
  }

  /** Whether a Rust project uses Diesel. */
  static boolean nameDiesel(ProjectLook look, Path project) {
    return holds(look.text(project, "Cargo.toml"), DIESEL);
  }

  /** Whether a Node project uses a library. */
  static boolean nameLibrary(ProjectLook look, Path project, String library) {
    return look.text(project, "package.json")
        .filter(text -> text.contains("\"" + library + "\""))
        .isPresent();
  }

  /** Whether a project uses a tool whose files may look like golang-migrate's. */
  static boolean nameAnother(ProjectLook look, Path project) {
    return nameSqlx(look, project)
        || nameDiesel(look, project)
        || nameLibrary(look, project, "node-pg-migrate");
  }

  private static boolean holds(Optional<String> manifest, Pattern line) {
    return manifest.filter(text -> line.matcher(text).find()).isPresent();
  }
}
