package dev.stampguard.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
  private static final Instant TIME = Instant.parse("2025-11-27T03:55:12.5Z");

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (Manifest manifest : new Manifest[] {Manifests.full(TIME), Manifests.env(TIME)}) {
      assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
    }
    assertThat(Manifests.full(TIME).dump().orElseThrow().serverMajor()).isEqualTo(15);
  }

  @Test
  void aStateIsOneLineThatIsReadBack() throws IOException {
    String line = StateJson.toText(Manifests.STATE);

    assertThat(line).doesNotContain("\n");
    assertThat(StateJson.parse(line)).isEqualTo(Manifests.STATE);
  }

  @Test
  void whateverBreaksOffIsDamaged() {
    byte[] whole = ManifestJson.write(Manifests.full(TIME));
    for (int length = 0; length < whole.length - 2; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ManifestJson.read(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNotAsItMustBeIsNamed() {
    assertDamaged("\"format_version\" : 1", "\"format_version\" : 2", "its format is 2");
    assertDamaged("\"kind\" : \"affected\"", "\"kind\" : \"odd\"", "its kind is `odd`");
    assertDamaged("\"port\" : 5433", "\"port\" : \"x\"", "`/port` is not what it must be");
    assertDamaged("\"created\"", "\"made\"", "`/created` is missing");
    assertDamaged("env/0-.env", "../../etc", "outside of the backup");
    assertDamaged("10:14:11,12", "DROP", "not a pg_snapshot");
    assertDamaged("1f1f", "zz", "hex");
  }

  private static void assertDamaged(String from, String to, String message) {
    String text = new String(ManifestJson.write(Manifests.full(TIME)), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    assertThatThrownBy(
            () -> ManifestJson.read(text.replace(from, to).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }
}
