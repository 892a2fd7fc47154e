package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@code .env} file sets, read as python-dotenv's {@code load_dotenv} reads it and never by
 * a shell.
 *
 * @param name how messages call the file, for example {@code .env}
 * @param entries every assignment, in the file's order, repeated keys included
 * @param warnings what the file says that its author may not have meant; never holds a value
 * @see <a href="https://github.com/theskumar/python-dotenv">python-dotenv</a>
 */
public record EnvFile(String name, List<Entry> entries, List<String> warnings) {
  public EnvFile {
    Objects.requireNonNull(name);
    entries = List.copyOf(entries);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file.
   *
   * @param file an existing file
   * @param name how messages call it
   * @param environment the process environment, which {@code ${NAME}} asks before the file itself
   * @throws StampguardException (usage) when it cannot be read or is not UTF-8
   */
  public static EnvFile read(Path file, String name, Map<String, String> environment) {
    try {
      return parse(text(Files.readAllBytes(file), name), name, environment);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * A file's bytes as text, the byte order mark included.
   *
   * @throws StampguardException (usage) when they are not UTF-8
   */
  static String text(byte[] bytes, String name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is not UTF-8 text".formatted(name),
          "save `%s` as UTF-8".formatted(name));
    }
  }

  static StampguardException unreadable(String name, IOException failure) {
    return new StampguardException(
        ExitCode.USAGE,
        "`%s` cannot be read (%s)".formatted(name, failure.getClass().getSimpleName()),
        "make `%s` readable, or name another file with `--env-file`".formatted(name));
  }

  /**
   * Reads text that was already decoded; positions count its characters.
   *
   * @param text the whole file, its byte order mark included
   * @param name how messages call the file
   * @param environment the process environment, which {@code ${NAME}} asks before the file itself
   */
  public static EnvFile parse(String text, String name, Map<String, String> environment) {
    return new EnvFileParser(text, name, environment).parse();
  }

  /** The assignment of this key that counts: its last one; empty when that one has no value. */
  public Optional<Entry> lookup(String key) {
    return entries.reversed().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .filter(entry -> entry.value().isPresent());
  }

  /** The environment that a program which loads this file sees: its own variables win. */
  public Map<String, String> over(Map<String, String> environment) {
    var merged = new LinkedHashMap<String, String>();
    for (Entry entry : entries) {
      entry
          .value()
          .ifPresentOrElse(
              value -> merged.put(entry.key(), value.text()), () -> merged.remove(entry.key()));
    }
    merged.putAll(environment);
    return merged;
  }

  /** Where an entry stands, for example {@code .env:3 DATABASE_URL}. */
  public String where(Entry entry) {
    return "%s:%s %s".formatted(name, entry.line(), entry.key());
  }

  /** Only the name: the values may be secrets. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * One assignment.
   *
   * @param key the variable's name
   * @param value empty for a key without {@code =}, which sets nothing
   * @param line the line of the key, counted from 1
   */
  public record Entry(String key, Optional<Value> value, int line) {
    public Entry {
      Objects.requireNonNull(key);
      Objects.requireNonNull(value);
    }

    /** Whether any character of its value is said by that assignment, its own or another one. */
    boolean isFrom(Provenance.Assignment assignment) {
      return value.stream().anyMatch(it -> it.traced().origins().contains(assignment));
    }
  }

  /**
   * What an assignment sets and which characters of the file say so.
   *
   * @param traced the value: quotes removed, escapes and {@code ${NAME}} replaced
   * @param start index of the first character of the value in the file's text, quotes included
   * @param end index after its last character; comments and blanks behind it are not part
   */
  public record Value(TracedText traced, int start, int end) {
    public Value {
      Objects.requireNonNull(traced);
    }

    /** The value itself. */
    public String text() {
      return traced.text();
    }

    /** Only the position: the value may be a secret. */
    @Override
    public String toString() {
      return "%s..%s".formatted(start, end);
    }
  }
}
