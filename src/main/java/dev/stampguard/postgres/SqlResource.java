package dev.stampguard.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** SQL shipped with the program, one file each under {@code /sql}. */
public final class SqlResource {
  private static final String FROM = "/* from ";
  private static final String END = "*/";

  private SqlResource() {}

  /** The statements of a file that ends each but the last with a semicolon at the end of a line. */
  public static List<String> statements(String name) {
    return List.of(read(name).split(";\n"));
  }

  /**
   * The file's statements as one major takes them: what stands in a comment {@code from N: …}
   * counts on majors from N on.
   */
  public static String read(String name, int major) {
    String sql = read(name);
    var out = new StringBuilder(sql.length());
    int at = 0;
    for (int next = sql.indexOf(FROM); next >= 0; next = sql.indexOf(FROM, at)) {
      int colon = sql.indexOf(':', next);
      int end = sql.indexOf(END, colon);
      out.append(sql, at, next);
      if (major >= Integer.parseInt(sql.substring(next + FROM.length(), colon))) {
        out.append(sql, colon + 1, end);
      }
      at = end + END.length();
    }
    return out.append(sql, at, sql.length()).toString();
  }

  /**
   * The file's statements without its comment lines, which the server need not see.
   *
   * @param name the file's name without {@code .sql}
   */
  public static String read(String name) {
    try (InputStream in = SqlResource.class.getResourceAsStream("/sql/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("no SQL resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.stripLeading().startsWith("--"))
          .collect(Collectors.joining("\n"))
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
