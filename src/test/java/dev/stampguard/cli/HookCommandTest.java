package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ShellWords;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.GitSandbox;
import dev.stampguard.testing.GitSandbox.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks as the real git runs them; the program itself runs where its answer matters. */
class HookCommandTest {
  @TempDir private Path root;
  private GitSandbox git;
  private AlembicFiles files;

  @BeforeEach
  void makeAProject() {
    git = new GitSandbox(root);
    files = new AlembicFiles(git.work()).revision("aaa", "None", "pass");
    git.commit("first");
  }

  private InProcess.Result hook(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "hook";
    System.arraycopy(words, 0, all, 1, words.length);
    return InProcess.run(git.work(), git.environment(), all);
  }

  private void install(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "install";
    System.arraycopy(words, 0, all, 1, words.length);
    InProcess.Result result = hook(all);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("installed: ");
  }

  private Path prePush() {
    return git.work().resolve(".git/hooks/pre-push");
  }

  /** A program that notes its arguments and its input, and ends as the test says. */
  private void stampguardEnds(int code) {
    GitSandbox.script(
        git.bin().resolve("stampguard"),
        "#!/bin/sh\necho \"$@\" >>'%1$s/calls'\ncat >'%1$s/input'\nexit %2$d\n"
            .formatted(root, code));
  }

  private String noted(String file) throws IOException {
    return Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1);
  }

  /** The program itself. */
  private void stampguardIsReal() {
    GitSandbox.script(
        git.bin().resolve("stampguard"),
        "#!/bin/sh\nexec %s \"$@\"\n".formatted(ShellWords.join(Programs.java())));
  }

  @Test
  void aPushWithABrokenHistoryIsStoppedAndAMendedOneIsNot() {
    stampguardIsReal();
    install();
    files.revision("bbb", "'nowhere'", "pass");
    git.commit("broken");

    Result stopped = git.git("push", "origin", "main");
    assertThat(stopped.exitCode()).isNotZero();
    assertThat(stopped.output())
        .contains("SG111", "`nowhere`", "the push was stopped; `git push --no-verify`");
    assertThat(git.git("ls-remote", "origin").output()).isEmpty();

    files.revision("bbb", "'aaa'", "pass");
    git.commit("mended");
    Result through = git.git("push", "origin", "main");
    assertThat(through.exitCode()).as(through.output()).isZero();
    assertThat(through.output()).doesNotContain("stampguard");
  }

  @Test
  void aCommitIsStoppedByWhatIsStagedAndNotAskedForOthers() {
    stampguardIsReal();
    install("--pre-commit");
    files.revision("bbb", "'nowhere'", "pass");
    files.write("readme", "more");
    git.must("add", "readme");
    assertThat(git.git("commit", "-m", "other").exitCode()).isZero();
    git.must("add", "-A");
    Result stopped = git.git("commit", "-m", "broken");
    assertThat(stopped.exitCode()).isNotZero();
    assertThat(stopped.output()).contains("SG111", "the commit was stopped");
    git.must("commit", "-q", "--no-verify", "-m", "broken");
    files.revision("bbb", "'nobody'", "pass");
    assertThat(git.git("commit", "-a", "-m", "an index of its own").output())
        .contains("`nobody`", "the commit was stopped");
  }

  @Test
  void withTheDatabaseTheRealCheckRunsToo() {
    stampguardIsReal();
    install("--with-database");
    Result through = git.git("push", "origin", "main");
    assertThat(through.exitCode()).as(through.output()).isZero();
    assertThat(through.output())
        .contains("nowhere.invalid", "no answer (exit code 5); the push goes on");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, true", "3, false", "4, true", "5, true", "130, true"})
  void onlyExitCodeThreeStops(int code, boolean isThrough) {
    stampguardEnds(code);
    install();
    Result result = git.git("push", "origin", "main");
    assertThat(result.exitCode() == 0).as(result.output()).isEqualTo(isThrough);
    assertThat(result.output().contains("no answer (exit code " + code))
        .isEqualTo(code != 0 && code != 3);
  }

  @Test
  void aProgramThatIsNotThereIsToldAndStopsOnlyWhereItIsRequired() {
    install();
    Result through = git.git("push", "origin", "main");
    assertThat(through.exitCode()).isZero();
    assertThat(through.output()).contains("stampguard: not on PATH; the push is not checked");
    files.write("readme", "more");
    git.commit("more");
    install("--require");
    Result stopped = git.git("push", "origin", "main");
    assertThat(stopped.exitCode()).isNotZero();
    assertThat(stopped.output()).contains("not on PATH, and this push must be checked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/dash -eu", "/bin/bash -eu", "/bin/sh"})
  void theHookBehindReadsWhatGitWrote(String shell) throws IOException {
    stampguardEnds(0);
    GitSandbox.script(
        prePush(),
        "#!%s\nexec sh -c 'cat >\"$0\"; echo \"$@\"' %s/seen \"$@\"\n".formatted(shell, root));
    install();
    String many =
        IntStream.range(0, 2000)
            .mapToObj(
                number -> "refs/heads/$x`\\n\\%d\u00ff %040d r %040d\n".formatted(number, 1, 0))
            .collect(Collectors.joining());
    for (String input : List.of("", "refs/heads/main 1 refs/heads/main 0\n", "\n\n", many)) {
      Result result =
          git.run(git.work(), List.of(prePush().toString(), "origin", "the url"), input);
      assertThat(result).isEqualTo(new Result(0, "origin the url\n"));
      assertThat(noted("seen")).isEqualTo(input);
      assertThat(noted("input")).isEqualTo("origin\n" + input);
    }
    assertThat(noted("calls").lines().distinct()).containsExactly("hook run pre-push");
  }

  @Test
  void aRealPushReachesTheHookBehind() throws IOException {
    stampguardEnds(0);
    GitSandbox.script(prePush(), "#!/bin/sh\ncat >'" + root + "/seen'\nexit 0\n");
    install();
    String head = git.must("rev-parse", "HEAD");
    git.must("push", "-q", "origin", "main");
    assertThat(noted("seen"))
        .isEqualTo("refs/heads/main " + head + " refs/heads/main " + "0".repeat(40) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {".githooks", ".husky/_", ".husky"})
  void configuredHooksAreFound(String hooks) throws IOException {
    stampguardEnds(3);
    Path directory = Files.createDirectories(git.work().resolve(hooks));
    Path own = directory;
    if (hooks.equals(".husky/_")) {
      // As husky 9 lays it out.
      GitSandbox.script(directory.resolve("pre-push"), "#!/usr/bin/env sh\n. \"${0%/*}/h\"");
      Files.writeString(
          directory.resolve("h"),
          """
          n=$(basename "$0")
          s=$(dirname "$(dirname "$0")")/$n
          [ ! -f "$s" ] && exit 0
          sh -e "$s" "$@"
          exit $?
          """);
      own = directory.getParent();
    }
    git.must("config", "core.hooksPath", hooks);
    install();
    assertThat(own.resolve("pre-push")).content().contains("stampguard hook run pre-push");
    assertThat(git.git("push", "origin", "main").exitCode()).isNotZero();
    assertThat(hook("uninstall").out()).startsWith("uninstalled: ");
    assertThat(own.resolve("pre-push").equals(prePush()) || !Files.exists(own.resolve("pre-push")))
        .isTrue();
  }

  @Test
  void hooksOfAllRepositoriesAreTold() {
    git.must("config", "--global", "core.hooksPath", "~/everywhere");
    InProcess.Result result = hook("install");
    assertThat(result.err()).contains("outside of this repository");
    assertThat(root.resolve("everywhere/pre-push")).isExecutable();
  }

  @Test
  void worktreesAndSubmodulesHaveTheirs() throws IOException {
    stampguardEnds(3);
    install();
    git.must("worktree", "add", "-q", "-b", "side", root.resolve("side").toString());
    var push = List.of("git", "push", "origin", "side");
    assertThat(git.run(root.resolve("side"), push, "").exitCode()).isNotZero();
    assertThat(hook("uninstall").exitCode()).isZero();
    assertThat(InProcess.run(root.resolve("side"), git.environment(), "hook", "install").exitCode())
        .isZero();
    assertThat(prePush()).exists();

    git.must("push", "-q", "--no-verify", "origin", "main");
    git.must(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        root.resolve("remote.git").toString(),
        "sub");
    Path module = git.work().resolve("sub");
    git.run(module, List.of("git", "checkout", "-q", "-B", "inner", "origin/main"), "");
    InProcess.Result result = InProcess.run(module, git.environment(), "hook", "install");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(git.work().resolve(".git/modules/sub/hooks/pre-push")).exists();
    assertThat(git.run(module, List.of("git", "push", "origin", "inner"), "").exitCode())
        .isNotZero();
  }

  @Test
  void aProjectBelowTheTopIsNamed() throws IOException {
    stampguardEnds(0);
    Path below = Files.createDirectories(git.work().resolve("it's below"));
    new AlembicFiles(below).revision("zzz", "None", "pass");
    InProcess.Result result =
        InProcess.run(below, git.environment(), "hook", "install", "--with-database");
    assertThat(result.exitCode()).as(result.err()).isZero();
    git.must("push", "-q", "origin", "main");
    assertThat(noted("calls"))
        .isEqualTo("hook run --project it's below --with-database pre-push\n");
  }

  @Test
  void everyProjectOfARepositoryHasItsOwnBlock() throws IOException {
    stampguardEnds(0);
    GitSandbox.script(prePush(), "#!/bin/sh\ncat >'" + root + "/seen'\n");
    String before = Files.readString(prePush());
    Path app = Files.createDirectories(git.work().resolve("app/it is"));
    new AlembicFiles(app).revision("zzz", "None", "pass");
    install();
    InProcess.Result second = hook("install", "--project", app.toString());
    assertThat(second.out()).isEqualTo("installed: " + prePush() + " for `'app/it is'`\n");
    String both = Files.readString(prePush());
    install("--project", app.toString());
    assertThat(Files.readString(prePush())).isEqualTo(both);

    git.must("push", "-q", "origin", "main");
    assertThat(Files.readString(root.resolve("calls")))
        .isEqualTo("hook run --project app/it is pre-push\nhook run pre-push\n");
    assertThat(noted("seen")).startsWith("refs/heads/main ").hasLineCount(1);
    assertThat(noted("input")).isEqualTo("origin\n" + noted("seen"));

    InProcess.Result one = hook("uninstall", "--project", app.toString());
    assertThat(one.out()).contains("uninstalled: " + prePush() + " for `'app/");
    assertThat(one.err()).contains("still has a block for `.`: `stampguard hook uninstall");
    assertThat(Files.readString(prePush())).doesNotContain("app/").contains("hook run pre-push");
    InProcess.Result last = hook("uninstall");
    assertThat(last).isEqualTo(new InProcess.Result(0, "uninstalled: " + prePush() + "\n", ""));
    assertThat(Files.readString(prePush())).isEqualTo(before);
  }

  @Test
  void whereNoProjectIsThoseOfAllGo() throws IOException {
    for (String name : List.of("alembic.ini", "migrations/env.py", "migrations/versions/aaa.py")) {
      Files.delete(git.work().resolve(name));
    }
    for (String name : List.of("one", "two")) {
      Path app = Files.createDirectories(git.work().resolve("apps").resolve(name));
      new AlembicFiles(app).revision(name, "None", "pass");
      install("--project", app.toString());
    }
    assertThat(hook("uninstall").out())
        .isEqualTo(
            "uninstalled: %1$s for `apps/two`\nuninstalled: %1$s for `apps/one`\n"
                .formatted(prePush()));
    assertThat(prePush()).doesNotExist();
  }

  @Test
  void installsOnceAndLeavesNoTrace() throws IOException {
    String before = "#!/bin/sh\n\u00ff\nexec true";
    GitSandbox.script(prePush(), before);
    install();
    String once = Files.readString(prePush(), StandardCharsets.ISO_8859_1);
    install();
    assertThat(Files.readString(prePush(), StandardCharsets.ISO_8859_1)).isEqualTo(once);
    install("--require");
    assertThat(hook("uninstall").exitCode()).isZero();
    assertThat(Files.readString(prePush(), StandardCharsets.ISO_8859_1)).isEqualTo(before);
    assertThat(hook("uninstall").out()).isEmpty();
  }

  @Test
  void aFileOfOurOwnGoesUnlessSomebodyAddedToIt() throws IOException {
    install("--pre-push", "--pre-commit");
    Path commit = prePush().resolveSibling("pre-commit");
    Files.writeString(commit, Files.readString(commit) + "npm test\n");
    assertThat(hook("uninstall").exitCode()).isZero();
    assertThat(prePush()).doesNotExist();
    assertThat(commit).hasContent("#!/bin/sh\nnpm test\n");
  }

  @Test
  void aHookThatGitIgnoredRunsAndThatIsTold() throws IOException {
    Files.createDirectories(prePush().getParent());
    Files.writeString(prePush(), "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(prePush(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(hook("install").err()).contains("was not executable, so git ignored it");
    assertThat(Files.isExecutable(prePush())).isTrue();
    hook("uninstall");
    assertThat(Files.getPosixFilePermissions(prePush()))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void whatIsNoShellScriptIsRefusedWithAHint() throws IOException {
    GitSandbox.script(prePush(), "#!/usr/bin/env python3\n");
    InProcess.Result result = hook("install");
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("no script of a POSIX shell", "\n\nhint: ");
    assertThat(prePush()).hasContent("#!/usr/bin/env python3\n");
  }

  @Test
  void withoutRepositoryOrProjectItIsAUsageError() throws IOException {
    Path plain = Files.createDirectories(root.resolve("plain"));
    assertThat(InProcess.run(plain, git.environment(), "hook", "install").err())
        .contains("no migration tool is configured");
    new AlembicFiles(plain);
    InProcess.Result result = InProcess.run(plain, git.environment(), "hook", "install");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("is not in the working tree of a git repository", "hint: ");
  }

  @Test
  void aTreeWithoutMigrationsHasNothingToCheck() throws IOException {
    Path empty = Files.createDirectories(root.resolve("empty"));
    for (String hook : new String[] {"pre-push", "pre-commit"}) {
      assertThat(InProcess.run(empty, git.environment(), "hook", "run", hook))
          .isEqualTo(new InProcess.Result(0, "", ""));
      assertThat(InProcess.run(empty, git.environment(), "hook", "run", "--project", "gone", hook))
          .isEqualTo(new InProcess.Result(0, "", ""));
    }
  }
}
