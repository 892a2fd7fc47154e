package dev.stampguard.cli;

import dev.stampguard.config.KnownSetting;
import dev.stampguard.expectation.lock.LockedScripts;
import dev.stampguard.postgres.ServerMoment;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.KnownTools;
import dev.stampguard.service.memory.Question;
import dev.stampguard.service.memory.RememberedHealth;
import dev.stampguard.target.Target;
import dev.stampguard.tool.Edition;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Premises;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the gate remembers of its last answer. A server on which nothing was written since, asked
 * the same by the same files, is as healthy as it was; finding that out takes a fraction of the
 * time.
 */
final class HealthMemory {
  /** Bytes of a lock file, which has half a kilobyte or one for each table. */
  static final long LARGE = 200_000;

  private final Setup setup;
  private final MigrationProject project;
  private final LockedScripts scripts;
  private final Target target;
  private final List<String> asked;
  private final RememberedHealth remembered;

  /** What was asked before anything was looked at. */
  private Optional<Question> first = Optional.empty();

  /** Of the database that was examined, where that is worth knowing. */
  private Optional<Edition> edition = Optional.empty();

  /** The one before the run's first look. */
  private Supplier<Optional<ServerMoment>> moment = Optional::empty;

  private HealthMemory(
      Setup setup,
      MigrationProject project,
      LockedScripts scripts,
      Target target,
      List<String> asked,
      RememberedHealth remembered) {
    this.setup = setup;
    this.project = project;
    this.scripts = scripts;
    this.target = target;
    this.asked = asked;
    this.remembered = remembered;
  }

  /**
   * The memory for one database judged by the lock file of one tool.
   *
   * @param directory where it is kept
   * @param scripts of the project, as the lock file knows them
   * @param asked what else the answer depends on
   */
  static HealthMemory of(
      Path directory,
      Setup setup,
      MigrationProject project,
      LockedScripts scripts,
      Target target,
      List<String> asked) {
    // One file per project and database: an old answer is replaced, not left behind.
    String name =
        UUID.nameUUIDFromBytes(
                (setup.directory() + "\n" + project.tool() + "\n" + target.describe())
                    .getBytes(StandardCharsets.UTF_8))
            .toString();
    return new HealthMemory(
        setup, project, scripts, target, asked, new RememberedHealth(directory.resolve(name)));
  }

  /**
   * What is to be examined unless it is known.
   *
   * @param request reads the files
   */
  Examiner.Unread unread(Supplier<Examiner.Request> request) {
    return new Examiner.Unread() {
      @Override
      public Target target() {
        return target;
      }

      @Override
      public boolean isKnown(Supplier<Optional<ServerMoment>> now) {
        moment = now;
        first = question(); // while the server is asked
        return first.isPresent()
            && remembered.isThere()
            && now.get().filter(then -> remembered.isOf(first.get(), then)).isPresent();
      }

      @Override
      public boolean isWorthDating() {
        return isLarge() && remembered.isThere();
      }

      @Override
      public boolean knowsEdition() {
        return first.filter(remembered::hasEdition).isPresent() && moment.get().isPresent();
      }

      @Override
      public boolean isKnown(Edition seen) {
        ServerMoment now = moment.get().orElseThrow();
        Optional<Question> answered = first.filter(asked -> remembered.isOf(asked, now, seen));
        answered.ifPresent(asked -> remembered.keep(asked, now, Optional.of(seen), setup.start()));
        return answered.isPresent();
      }

      @Override
      public void examined(Edition seen) {
        edition = Optional.of(seen);
      }

      @Override
      public Examiner.Request request() {
        return request.get();
      }
    };
  }

  /**
   * Remembers that all was well, and there was nothing to say. Not where the lock file is of other
   * scripts, so that more than it had its say; nor where the files ask something else by now.
   */
  void keep() {
    moment
        .get()
        .filter(now -> isLocked())
        .ifPresent(
            now ->
                question()
                    .filter(question -> first.filter(question::isSame).isPresent())
                    .ifPresent(question -> remembered.keep(question, now, edition, setup.start())));
  }

  /** The lock file tells without being read. */
  private boolean isLarge() {
    try {
      return Files.size(setup.lockFile(project)) >= LARGE;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isLocked() {
    return scripts.lock().isPresent()
        && scripts.drift(project.scripts(scripts).graph(), setup.directory()).isEmpty();
  }

  private List<String> facts() {
    var facts = new ArrayList<>(asked);
    facts.add(Version.number() + Version.commit().orElse("") + programStamp());
    facts.add(project.tool() + project.location() + project.ledgerLocation());
    facts.add(target.describe() + target.parameters());
    setup.environment().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(KnownSetting.VARIABLE_PREFIX))
        .map(Object::toString)
        .sorted()
        .forEach(facts::add);
    return facts;
  }

  private Optional<Question> question() {
    return project.premises().flatMap(this::question);
  }

  private Optional<Question> question(Premises premises) {
    var facts = new ArrayList<>(facts());
    facts.addAll(premises.facts());
    var files = new ArrayList<>(premises.files());
    files.add(setup.lockFile(project));
    files.add(setup.configurationFile());
    KnownTools.all(setup.environment()).stream()
        .filter(tool -> tool.name().equals(project.tool()))
        .flatMap(tool -> tool.settingsFiles().stream())
        .map(setup.directory()::resolve)
        .forEach(files::add);
    return Question.of(facts, files);
  }

  /** Tells one build from another of the same name. */
  private static String programStamp() {
    String path = System.getProperty("java.class.path", "");
    Path program =
        path.isEmpty() ? Path.of("/proc/self/exe") : Path.of(path.split(File.pathSeparator, 2)[0]);
    try {
      return Files.getLastModifiedTime(program).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
