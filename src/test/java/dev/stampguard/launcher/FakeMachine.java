package dev.stampguard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine of which the test decides what is installed. The scripts' absolute directories are
 * moved below a root of its own; their text is otherwise the one that users run.
 */
final class FakeMachine {
  /** What the two scripts call. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "sed",
          "cut",
          "dirname",
          "readlink",
          "mkdir",
          "mktemp",
          "mv",
          "rm",
          "tar",
          "gzip",
          "curl",
          "sha512sum",
          "shasum");

  private final Path root;
  private final Map<String, String> environment = new LinkedHashMap<>();

  FakeMachine(Path root) throws IOException {
    this.root = root;
    Shell.tools(bin(), TOOLS);
    environment.put("PATH", bin().toString());
    environment.put("HOME", Files.createDirectories(root.resolve("home")).toString());
  }

  Path bin() {
    return root.resolve("bin");
  }

  FakeMachine with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  /** A JDK of this version below the root; its {@code java} prints where it is and what it got. */
  Path jdk(String where, String version) throws IOException {
    Path home = root.resolve(where);
    String java = "#!/bin/sh\necho \"java of %s: $*\"\nexit 7\n".formatted(where);
    Shell.script(home.resolve("bin/java"), java);
    Shell.script(home.resolve("bin/javac"), java);
    Files.writeString(
        home.resolve("release"),
        """
        IMPLEMENTOR="Fake"
        JAVA_RUNTIME_VERSION="%1$s+9-FAKE"
        JAVA_VERSION="%1$s"
        OS_NAME="Linux"
        """
            .formatted(version));
    return home;
  }

  /** A Maven of this version; it prints its version, the JDK it runs on and what it got. */
  static String maven(String version) {
    return """
        #!/bin/sh
        if [ "$1" = -v ]; then echo "Apache Maven %1$s (fake)"; exit; fi
        echo "maven %1$s on $JAVA_HOME: $*"
        """
        .formatted(version);
  }

  /** Copies a script below the root, looking for JDKs below the root only. */
  Path install(Path script, String where) throws IOException {
    Path copy = root.resolve(where);
    String text = Files.readString(script);
    Shell.script(copy, text.replaceAll("(?<=\\s)/(usr|opt|Library)/", root + "/$1/"));
    return copy;
  }

  Shell.Result run(Path cwd, String... command) {
    return Shell.run(cwd, environment, List.of(command));
  }
}
