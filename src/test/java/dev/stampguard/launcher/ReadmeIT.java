package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every block of README.md that begins with {@code ```sh runnable}, in their order, in an
 * Alembic project whose database is at head. {@code exit=3} behind it is the code it ends with.
 */
class ReadmeIT {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```sh runnable(?: exit=(?<exit>\\d+))?\\n(?<lines>[\\s\\S]*?)^```$");

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path directory;

  /** A block of commands, as it stands there. */
  private record Block(int line, int exitCode, String commands) {}

  @Test
  void everyRunnableBlockDoesWhatItSays() throws IOException {
    List<Block> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(5);
    Program program = project();
    for (Block block : blocks) {
      Shell.Result result = program.shell("set -eu\n" + block.commands());
      assertThat(result.exitCode())
          .as("README.md:%d\n%s\n%s", block.line(), result.out(), result.err())
          .isEqualTo(block.exitCode());
    }
  }

  private static List<Block> blocks() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(readme);
    while (matcher.find()) {
      blocks.add(
          new Block(
              (int) readme.substring(0, matcher.start()).lines().count() + 1,
              matcher.group("exit") == null ? 0 : Integer.parseInt(matcher.group("exit")),
              matcher.group("lines")));
    }
    return blocks;
  }

  /** A project as readers have one, with the programs that the blocks name on the PATH. */
  private Program project() throws IOException {
    Path shop = Files.createDirectory(directory.resolve("shop"));
    new AlembicFiles(shop)
        .write("migrations/env.py", AlembicFiles.ENVIRONMENT)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))")
        .revision("b2", "'a1'", "op.create_table('orders', sa.Column('id', sa.Integer))");
    String url = server.url(server.createDatabase());
    Alembic alembic = Alembic.require();
    assertThat(alembic.run(shop, url, List.of("upgrade", "head")).exitCode()).isZero();
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Files.createSymbolicLink(
        programs.resolve("stampguard"), Path.of(System.getProperty("stampguard.launcher")));
    String python = alembic.command(List.of()).getFirst();
    Path shim =
        Files.writeString(
            programs.resolve("alembic"),
            """
            #!%s
            import sys
            from alembic.config import main
            sys.exit(main(prog="alembic"))
            """
                .formatted(python.contains("/") ? python : "/usr/bin/env " + python));
    assertThat(shim.toFile().setExecutable(true)).isTrue();
    Program program = new Program(shop).withTools().with("DATABASE_URL", url);
    program.prependPath(programs);
    assertThat(program.shell("git init -q . && git add -A").exitCode()).isZero();
    return program;
  }
}
