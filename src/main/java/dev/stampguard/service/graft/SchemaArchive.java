package dev.stampguard.service.graft;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.client.ClientCommand;
import dev.stampguard.postgres.client.ClientPrograms;
import dev.stampguard.postgres.client.ClientPrograms.Program;
import dev.stampguard.repair.graft.DumpScript;
import dev.stampguard.repair.graft.TableOfContents;
import dev.stampguard.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of a database as {@code pg_dump} archives it, without owners, privileges and comments.
 * Closing it removes its files.
 */
final class SchemaArchive implements AutoCloseable {
  private static final List<String> NOBODYS =
      List.of(
          "--no-owner",
          "--no-privileges",
          "--no-comments",
          "--no-security-labels",
          "--no-publications",
          "--no-subscriptions");

  private final ClientPrograms programs;
  private final Path directory;

  private SchemaArchive(ClientPrograms programs, Path directory) {
    this.programs = programs;
    this.directory = directory;
  }

  /**
   * Dumps a schema.
   *
   * @throws StampguardException (no access, refused, change failed) when {@code pg_dump} fails
   */
  static SchemaArchive of(Target source, ClientPrograms programs) {
    var archive = new SchemaArchive(programs, privateDirectory());
    boolean dumped = false;
    try {
      var arguments = new ArrayList<>(NOBODYS);
      arguments.addAll(List.of("--format=custom", "--schema-only", "--compress=0"));
      arguments.add("--file=" + archive.file("archive"));
      ClientCommand.on(source, programs, Program.PG_DUMP, arguments).run();
      dumped = true;
      return archive;
    } finally {
      if (!dumped) {
        archive.close();
      }
    }
  }

  /** What is in it. */
  TableOfContents contents() {
    var lines = new ArrayList<String>();
    var arguments = new ArrayList<>(NOBODYS);
    arguments.addAll(List.of("--list", "--verbose", file("archive").toString()));
    ClientCommand.offline(programs, Program.PG_RESTORE, arguments).forEachLine(lines::add);
    return TableOfContents.parse(lines);
  }

  /**
   * The statements of some entries.
   *
   * @param list as {@code --use-list} takes it
   */
  DumpScript script(String list) {
    if (list.isEmpty()) {
      return DumpScript.parse("");
    }
    try {
      Files.writeString(file("list"), list);
      var arguments = new ArrayList<>(NOBODYS);
      // Verbose, because only then it says which entry a statement is of.
      arguments.addAll(List.of("--verbose", "--use-list=" + file("list")));
      arguments.addAll(List.of("--file=" + file("script"), file("archive").toString()));
      ClientCommand.offline(programs, Program.PG_RESTORE, arguments).run();
      return DumpScript.parse(Files.readString(file("script")));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static Path privateDirectory() {
    try {
      // For nobody else, as Files makes it.
      return Files.createTempDirectory("stampguard-graft");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static StampguardException unwritable(IOException e) {
    return new StampguardException(
        ExitCode.CHANGE_FAILED,
        "no temporary file can be written: %s".formatted(e.getMessage()),
        "make sure that there is space left, then try again");
  }

  @Override
  public void close() {
    try {
      for (String name : List.of("archive", "list", "script")) {
        Files.deleteIfExists(file(name));
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
