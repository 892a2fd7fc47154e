package dev.stampguard.config;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the settings of a project's file and of the environment, by key. */
final class SettingsReader {
  static final String FILE_NAME = "stampguard.properties";

  private static final Pattern PLAIN_KEY = Pattern.compile("[\\w.-]+");

  /** {@code policy.KIND.allow}: the names are the project's own. */
  private static final Pattern RUN_KEY = Pattern.compile("policy\\.([\\w-]+)\\.allow");

  private static final Pattern RUN_VARIABLE = Pattern.compile("STAMPGUARD_POLICY_(\\w+)_ALLOW");

  /**
   * What {@code docker/entrypoint.sh} reads: everything that runs in its container sees them too.
   */
  private static final Set<String> OF_THE_ENTRYPOINT =
      Set.of(
          "STAMPGUARD_MODE",
          "STAMPGUARD_ENTRYPOINT_WAIT",
          "STAMPGUARD_ENTRYPOINT_PROJECT",
          "STAMPGUARD_REPAIR_STRATEGY",
          "STAMPGUARD_REPAIR_ALLOW",
          "STAMPGUARD_REPAIR_OPTIONS");

  private final Map<Key, List<Setting>> settings = new EnumMap<>(Key.class);
  private final List<Run> runs = new ArrayList<>();

  /**
   * What is set for a kind of run.
   *
   * @param name of the kind, for example {@code e2e}
   * @param allowed patterns of the databases it may use, with commas between them
   */
  record Run(String name, Setting allowed) {}

  /** All kinds of runs, in the order they were read. */
  List<Run> runs() {
    return List.copyOf(runs);
  }

  /** All settings of a key, in the order they were read; only {@code ignore} has several. */
  List<Setting> all(Key key) {
    return settings.getOrDefault(key, List.of());
  }

  /**
   * Reads a file of {@code key=value} lines, with {@code #} and {@code !} comments on lines of
   * their own and no escapes; a missing file is an empty one.
   */
  void readFile(Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    int number = 0;
    for (String raw : text(file).lines().toList()) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("!")) {
        readLine(line, FILE_NAME + ":" + number);
      }
    }
  }

  private static String text(Path file) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw usage("`%s` is not UTF-8 text".formatted(FILE_NAME), "save it as UTF-8");
    } catch (IOException e) {
      throw usage(
          "`%s` cannot be read (%s)".formatted(FILE_NAME, e.getClass().getSimpleName()), null);
    }
  }

  private void readLine(String line, String place) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw usage("`%s` is not of the form `key=value`".formatted(place), null);
    }
    String label = line.substring(0, equals).strip();
    Matcher run = RUN_KEY.matcher(label);
    if (run.matches()) {
      readRun(run.group(1), new Setting(line.substring(equals + 1).strip(), place + " " + label));
      return;
    }
    Key key = Key.ofLabel(label).orElseThrow(() -> unknownKey(label, place));
    var setting = new Setting(line.substring(equals + 1).strip(), place + " " + label);
    if (key == Key.IGNORE) {
      settings.computeIfAbsent(key, unused -> new ArrayList<>()).add(setting);
    } else if (settings.containsKey(key)) {
      throw secondTime(setting, settings.get(key).getFirst());
    } else {
      settings.put(key, List.of(setting));
    }
  }

  private void readRun(String name, Setting allowed) {
    runs.stream()
        .filter(run -> RunPolicies.isSame(run.name(), name))
        .findFirst()
        .ifPresent(
            run -> {
              throw secondTime(allowed, run.allowed());
            });
    runs.add(new Run(name, allowed));
  }

  private static StampguardException secondTime(Setting second, Setting first) {
    return usage(
        "`%s` is set a second time, after `%s`".formatted(second.where(), first.where()),
        "keep one of the two lines");
  }

  /** The names of runs are the project's own, so what stands around them is compared. */
  private static String nearest(String label) {
    String known = Key.nearest(label).label();
    Matcher parts = Pattern.compile("policy\\.(?:(.+)\\.)?\\w+").matcher(label);
    if (!parts.matches()) {
      return known;
    }
    String name =
        Optional.ofNullable(parts.group(1)).filter(n -> n.matches("[\\w-]+")).orElse("KIND");
    String ofRun = "policy." + name + ".allow";
    return parts.group(1) != null
            || EditDistance.between(ofRun, label) < EditDistance.between(known, label)
        ? ofRun
        : known;
  }

  private static StampguardException unknownKey(String label, String place) {
    if (!PLAIN_KEY.matcher(label).matches()) {
      // Something pasted, perhaps a URL with its password: do not repeat it.
      return usage("`%s` is not of the form `key=value`".formatted(place), null);
    }
    return usage(
        "`%s` sets the unknown key `%s`".formatted(place, label),
        "did you mean `%s`?".formatted(nearest(label)));
  }

  /** Reads the variables; they replace the file's values, but ignore rules add up. */
  void readEnvironment(Map<String, String> environment) {
    // Sorted, so that the same mistake is named first every time.
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(Key.VARIABLE_PREFIX)
                  && !OF_THE_ENTRYPOINT.contains(variable)) {
                readVariable(variable, value);
              }
            });
  }

  private void readVariable(String variable, String value) {
    Matcher run = RUN_VARIABLE.matcher(variable);
    if (run.matches()) {
      if (!value.isBlank()) {
        runs.removeIf(other -> RunPolicies.isSame(other.name(), run.group(1)));
        runs.add(
            new Run(
                run.group(1).toLowerCase(Locale.ROOT),
                new Setting(value.strip(), "environment " + variable)));
      }
      return;
    }
    Key key =
        Key.ofVariable(variable)
            .orElseThrow(
                () ->
                    usage(
                        "the environment sets the unknown variable `%s`".formatted(variable),
                        "did you mean `%s`?".formatted(Key.nearestVariable(variable).variable())));
    String where = "environment " + variable;
    if (key == Key.IGNORE) {
      value
          .lines()
          .map(String::strip)
          .filter(rule -> !rule.isEmpty())
          .forEach(
              rule ->
                  settings
                      .computeIfAbsent(key, unused -> new ArrayList<>())
                      .add(new Setting(rule, where)));
    } else if (!value.isBlank()) {
      settings.put(key, List.of(new Setting(value.strip(), where)));
    }
  }

  private static StampguardException usage(String message, String hint) {
    return new StampguardException(ExitCode.USAGE, message, hint);
  }
}
