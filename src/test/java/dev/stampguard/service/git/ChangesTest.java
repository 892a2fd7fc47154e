package dev.stampguard.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.GitSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pushes and commits touch migrations, as the real git tells. */
class ChangesTest {
  private static final String NONE = "0".repeat(40);
  private static final String ELSEWHERE = "1".repeat(40);

  @TempDir private Path root;
  private GitSandbox git;
  private AlembicFiles files;
  private String first;
  private int number;

  @BeforeEach
  void pushAProject() throws Exception {
    git = new GitSandbox(root);
    files = new AlembicFiles(Files.createDirectories(git.work().resolve("back end")));
    files.revision("aaa", "None", "pass");
    first = git.commit("first");
    git.must("push", "-q", "origin", "main");
  }

  private Changes changes(Path directory) {
    return new Changes(
        new Git(directory, git.environment()),
        MigrationPaths.of(Path.of("back end"), List.of(files.project()), Set.of("alembic.ini")));
  }

  private boolean isPushed(String local, String remote) {
    return changes(git.work())
        .arePushed("origin", List.of(new PushedRef("refs/heads/x", local, remote)));
  }

  private String other() {
    files.write("../r\u00e9adme.md", "more" + number++);
    return git.commit("other");
  }

  private String script() {
    files.revision("bbb", "'aaa'", "pass");
    return git.commit("script");
  }

  @Test
  void anUpdateIsHeldAgainstWhatTheRemoteHas() {
    String other = other();
    assertThat(isPushed(other, first)).isFalse();
    String script = script();
    assertThat(isPushed(script, first)).isTrue();
    assertThat(isPushed(other(), script)).isFalse();
    assertThat(isPushed(first, script)).as("a forced push back").isTrue();
  }

  @Test
  void ofANewBranchThoseCommitsCountThatTheRemoteLacks() {
    assertThat(isPushed(first, NONE)).isFalse();
    assertThat(isPushed(other(), NONE)).isFalse();
    script();
    assertThat(isPushed(other(), NONE)).isTrue();
  }

  @Test
  void whatTheRemoteHasMayNotBeKnownHere() {
    assertThat(isPushed(other(), ELSEWHERE)).isFalse();
    assertThat(isPushed(script(), ELSEWHERE)).isTrue();
  }

  @Test
  void aDeletedBranchTouchesNothing() {
    assertThat(isPushed(NONE, first)).isFalse();
  }

  @Test
  void aRemoteWithoutNameHasNothingThatIsKnown() {
    assertThat(
            changes(git.work())
                .arePushed("/elsewhere", List.of(new PushedRef("HEAD", first, NONE))))
        .isTrue();
  }

  @Test
  void theLockAndAVanishedScriptCount() {
    files.write("stampguard.lock", "");
    String lock = git.commit("lock");
    assertThat(isPushed(lock, first)).isTrue();
    git.must("rm", "-q", "back end/migrations/versions/aaa.py");
    assertThat(isPushed(git.commit("gone"), lock)).isTrue();
  }

  @Test
  void aShallowCloneIsChecked() {
    other();
    script();
    String last = other();
    git.must("push", "-q", "origin", "main");
    Path clone = root.resolve("clone");
    git.must("clone", "-q", "--depth=1", "file://" + root.resolve("remote.git"), clone.toString());
    assertThat(changes(clone).arePushed("origin", List.of(new PushedRef("HEAD", last, ELSEWHERE))))
        .as("the remote has it")
        .isFalse();
    assertThat(changes(clone).arePushed("origin", List.of(new PushedRef("x", ELSEWHERE, NONE))))
        .as("git cannot tell")
        .isTrue();
  }

  @Test
  void onlyTheIndexIsCommitted() {
    files.revision("bbb", "'aaa'", "pass");
    assertThat(changes(git.work()).areStaged()).isFalse();
    git.must("add", "-A");
    assertThat(changes(git.work()).areStaged()).isTrue();
  }

  @Test
  void saysWhenOtherScriptsArePushedThanLieHere() {
    var refs = List.of(new PushedRef("refs/heads/x", first, NONE));
    other();
    assertThat(changes(git.work()).unlike(refs)).isEmpty();
    script();
    assertThat(changes(git.work()).unlike(refs)).contains("refs/heads/x");
  }
}
