package dev.stampguard.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * libpq's password file, as far as it may be used.
 *
 * @param lines its lines, in order
 * @param warning why the file is not used; empty when it is, or when there is none
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">libpq</a>
 */
record PasswordFile(List<String> lines, Optional<String> warning) {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  PasswordFile {
    lines = List.copyOf(lines);
  }

  /** Reads a file; as libpq does, one that is missing, open to others or unreadable is ignored. */
  static PasswordFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      return new PasswordFile(List.of(), Optional.empty());
    }
    try {
      if (isOpenToOthers(file)) {
        return ignored(file, "others may read it; `chmod 600` it");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return new PasswordFile(text.lines().toList(), Optional.empty());
    } catch (IOException e) {
      return ignored(file, "it cannot be read");
    }
  }

  private static PasswordFile ignored(Path file, String reason) {
    return new PasswordFile(
        List.of(), Optional.of("the password file `%s` is ignored: %s".formatted(file, reason)));
  }

  private static boolean isOpenToOthers(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (UnsupportedOperationException e) {
      // A file system without POSIX permissions; libpq does not look there either.
      return false;
    }
  }

  /** The password of the first line that fits; empty when none does. */
  Optional<Secret> lookup(String host, int port, String database, String user) {
    List<String> wanted = List.of(host, Integer.toString(port), database, user);
    return lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(PasswordFile::fields)
        .filter(fields -> fields.size() > wanted.size() && matches(fields, wanted))
        .findFirst()
        .map(fields -> new Secret(fields.get(wanted.size()).text()))
        .filter(secret -> !secret.reveal().isEmpty());
  }

  private static boolean matches(List<Field> fields, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      Field field = fields.get(i);
      if (!field.isWildcard() && !field.text().equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Splits a line at colons; a backslash takes the next character as it is. */
  private static List<Field> fields(String line) {
    var fields = new ArrayList<Field>();
    var field = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        i++;
        field.append(line.charAt(i));
        escaped = true;
      } else if (c == ':') {
        fields.add(new Field(field.toString(), escaped));
        field.setLength(0);
        escaped = false;
      } else {
        field.append(c);
      }
    }
    fields.add(new Field(field.toString(), escaped));
    return fields;
  }

  /** Only how much it holds: the lines are secrets. */
  @Override
  public String toString() {
    return lines.size() + " lines";
  }

  private record Field(String text, boolean escaped) {
    boolean isWildcard() {
      return !escaped && text.equals("*");
    }
  }
}
