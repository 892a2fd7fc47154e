package dev.stampguard.service.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.service.git.HookText.Origin;
import dev.stampguard.service.git.HookText.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The block goes where it runs, and goes again without a trace. */
class HookTextTest {
  private static final HookBlock BLOCK = new HookBlock(Hook.PRE_PUSH, "stampguard hook run", false);
  private static final HookText TEXT = new HookText(Hook.PRE_PUSH, "pre-push", "");
  private static final HookText OTHER =
      new HookText(Hook.PRE_PUSH, "pre-push", HookText.owner("an app/\u00e9\u4e2d"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/bin/sh\n",
        "#!/bin/sh",
        "",
        "\n",
        "npm test",
        "npm test\n",
        "#!/usr/bin/env bash\nset -e\n\nexec other \"$@\"\n",
        "#! /bin/dash -eu\nexit 0",
        "#!/usr/bin/env -S bash -e\n\u00e9\u00ff\r\n",
        "# a comment, no shebang\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n"
      })
  void takesOutWhatItPutInToTheByte(String before) {
    for (Origin origin : Origin.values()) {
      String with = TEXT.with(origin, BLOCK, before);
      assertThat(with).contains("stampguard hook run");
      assertThat(TEXT.without(with)).contains(new Parts(origin, before));
      assertThat(TEXT.with(origin, BLOCK, TEXT.without(with).orElseThrow().rest())).isEqualTo(with);
    }
    assertThat(TEXT.without(before)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#!/bin/sh\n", "#!/bin/sh", "", "npm test", "#!/bin/sh\nexec other"})
  void blocksOfSeveralProjectsComeAndGoInAnyOrder(String before) {
    String both = OTHER.with(Origin.MADE, BLOCK, TEXT.with(Origin.MADE, BLOCK, before));
    assertThat(HookText.owners(Hook.PRE_PUSH, both)).containsExactly("'an app/\u00e9\u4e2d'", "");
    assertThat(HookText.owners(Hook.PRE_COMMIT, both)).isEmpty();
    assertThat(HookText.origin(Hook.PRE_PUSH, both)).contains(Origin.MADE);

    String other = TEXT.without(both).orElseThrow().rest();
    assertThat(other).isEqualTo(OTHER.with(Origin.MADE, BLOCK, before));
    assertThat(TEXT.without(other)).isEmpty();
    assertThat(OTHER.without(other)).contains(new Parts(Origin.MADE, before));
    String first = OTHER.without(both).orElseThrow().rest();
    assertThat(TEXT.without(first)).contains(new Parts(Origin.MADE, before));
    assertThat(HookText.origin(Hook.PRE_PUSH, before)).isEmpty();
  }

  @Test
  void standsRightBehindTheShebang() {
    assertThat(TEXT.with(Origin.FOUND, BLOCK, "#!/bin/bash\nexec other\n"))
        .startsWith("#!/bin/bash\n# >>> stampguard hook pre-push >>>")
        .endsWith("# <<< stampguard hook pre-push <<<\nexec other\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/usr/bin/env python3\nprint()\n",
        "#!/usr/bin/env node\n",
        "#!/bin/sh\r\nexit\r\n",
        "#!/usr/bin/fish\n",
        "\u007fELF\0\0"
      })
  void whatNoShellReadsIsRefused(String before) {
    assertThatThrownBy(() -> TEXT.with(Origin.FOUND, BLOCK, before))
        .isInstanceOfSatisfying(
            StampguardException.class,
            refusal -> {
              assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
              assertThat(refusal.hint()).isPresent();
            });
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void halfABlockIsRefused(Origin origin) {
    String with = TEXT.with(origin, BLOCK, "#!/bin/sh\nnpm test\n");
    String half = with.replace("# <<< stampguard hook pre-push <<<\n", "");
    assertThatThrownBy(() -> TEXT.without(half)).hasMessageContaining("left alone");
  }
}
