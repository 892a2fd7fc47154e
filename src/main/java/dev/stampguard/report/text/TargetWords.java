package dev.stampguard.report.text;

import dev.stampguard.report.TargetView;

/** How a target is named to a person. */
final class TargetWords {
  private TargetWords() {}

  /** Where the server listens. */
  static String server(TargetView target) {
    String host = target.host();
    if (host.startsWith("/")) {
      return "socket " + host + ", port " + target.port();
    }
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + target.port();
  }

  /** Everything known of it, one fact a line, and what is odd about it. */
  static void write(Page page, TargetView target) {
    var facts =
        new Grid(1)
            .row(label("database"), Phrase.of(Role.NAME, target.database()))
            .row(
                label("server"),
                Phrase.of(server(target))
                    .plain(
                        target
                            .serverVersion()
                            .map(version -> ", PostgreSQL " + version)
                            .orElse("")))
            .row(label("user"), Phrase.of(target.user()))
            .row(label("chosen by"), Phrase.of(Role.EMPHASIS, target.source()));
    page.grid(2, facts);
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
