package dev.stampguard.report.text;

import dev.stampguard.report.TargetView;

/** How a target is named to a person. */
public final class TargetWords {
  private TargetWords() {}

  /** Where the server listens. */
  public static String server(TargetView target) {
    String host = target.host();
    if (host.startsWith("/")) {
      return "socket " + host + ", port " + target.port();
    }
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + target.port();
  }

  /** Everything known of it, one fact a line. */
  static Grid facts(TargetView target) {
    String version = target.serverVersion().map(number -> ", PostgreSQL " + number).orElse("");
    return new Grid(1)
        .row(label("database"), Phrase.of(Role.NAME, target.database()))
        .row(label("server"), Phrase.of(server(target) + version))
        .row(label("user"), Phrase.of(target.user()))
        .row(label("chosen by"), Phrase.of(Role.EMPHASIS, target.source()));
  }

  /** What is odd about it. */
  static void warnings(Page page, TargetView target) {
    target
        .warnings()
        .forEach(
            warning ->
                page.paragraph(
                    2, Phrase.of(Role.WARNING, "warning:").plain(" ").then(Phrase.prose(warning))));
  }

  static Phrase label(String label) {
    return Phrase.of(Role.DIM, label);
  }
}
