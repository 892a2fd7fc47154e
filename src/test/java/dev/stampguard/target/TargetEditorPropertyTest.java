package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.StampguardException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Generated files: the edit is the name and nothing else, or there is none. */
class TargetEditorPropertyTest {
  private static final String SEED = "20251023";

  private Path project;

  @BeforeTry
  void begin() throws IOException {
    project = Files.createTempDirectory("editor");
  }

  @AfterTry
  void end() throws IOException {
    try (Stream<Path> files = Files.list(project)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(project);
  }

  /** A file cut in two where the name of the database belongs. */
  record Cut(String before, String after) {
    String with(String name) {
      return before + name + after;
    }
  }

  private TargetRequest request() {
    return new TargetRequest(
        project,
        project,
        Optional.empty(),
        Optional.empty(),
        "DATABASE_URL",
        Map.of("ELSEWHERE", "x"),
        project,
        "me",
        Optional.empty());
  }

  private Path write(String text) {
    try {
      return Files.writeString(project.resolve(".env"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Target target() {
    return new TargetResolver(socket -> false).resolve(request()).target();
  }

  @Property(seed = SEED, tries = 200)
  void theNameChangesAndNothingElse(
      @ForAll("cuts") Cut cut, @ForAll("names") String from, @ForAll("names") String to)
      throws IOException {
    Path file = write(cut.with(from));
    Target before = target();
    assertThat(before.database()).isEqualTo(from);
    if (from.equals(to)) {
      return;
    }
    var editor = new TargetEditor(request());
    TargetEditor.Applied applied = editor.apply(editor.plan(to));
    assertThat(Files.readString(file)).isEqualTo(cut.with(to));
    assertThat(Files.readString(applied.backup())).isEqualTo(cut.with(from));
    assertThat(target()).isEqualTo(before.withDatabase(to, before.source()));
  }

  /** Whatever the text and the name: what is edited leads to that name and keeps the rest. */
  @Property(seed = SEED, tries = 600)
  @StatisticsReport(StatisticsReportMode.OFF)
  void anEditIsRightOrRefused(@ForAll("wild") String text, @ForAll("wildNames") String to) {
    write(text);
    Target before;
    TargetEditor editor = new TargetEditor(request());
    EnvEdit edit;
    try {
      before = target();
      edit = editor.plan(to);
    } catch (StampguardException e) {
      Statistics.collect("refused");
      return;
    }
    Statistics.collect("edited");
    editor.apply(edit);
    assertThat(target()).isEqualTo(before.withDatabase(to, before.source()));
    assertThat(edit.before()).isEqualTo(before.database());
    Statistics.coverage(coverage -> coverage.check("edited").percentage(share -> share > 15));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("_-.09")
        .ofMinLength(1)
        .ofMaxLength(12)
        .filter(name -> !name.equals(".") && !name.equals(".."));
  }

  /** Settings around the one that counts, which do not touch it. */
  private static Arbitrary<String> others() {
    return Arbitraries.of(
            "# DATABASE_URL=postgresql://h/dev",
            "",
            "SECRET='a\\'b # no comment'",
            "export NAME = \"two\nlines ${ELSEWHERE}\" # said",
            "EMPTY=",
            "LONELY",
            "OTHER_URL=postgresql://h/dev",
            "not an assignment at all",
            "\u00fcml\u00e4ut=\u20ac",
            "TEMPLATE=${DB}/${U:-x}",
            "  INDENTED = value  # comment")
        .list()
        .ofMaxSize(4)
        .map(lines -> String.join("\n", lines));
  }

  /** How a URL says it, with {@code %s} for the name. */
  private static Arbitrary<String> urls() {
    return Arbitraries.of(
        "postgresql://u:p%%40ss@h:5432/%s",
        "postgres://u@h/%s?sslmode=disable&application_name=a%%20b",
        "postgresql+psycopg2://u:ra/w?pass@h/%s",
        "postgresql+asyncpg://u:p@h1:1,h2:2/%s?ssl=require",
        "postgresql:///%s?host=/run/postgresql",
        "postgresql://[fe80::1]/%s",
        "postgresql://h?dbname=%s&user=u",
        "jdbc:postgresql://h/%s?user=u&password=p",
        "jdbc:postgresql:%s",
        "host=h dbname=%s user=u",
        "dbname=%s host=h password=p",
        "postgresql://${ELSEWHERE}:p@h/%s");
  }

  private static Arbitrary<UnaryOperator<String>> quotings() {
    return Arbitraries.of(
        List.of(
            value -> "DATABASE_URL=" + value,
            value -> "DATABASE_URL='" + value + "'",
            value -> "DATABASE_URL=\"" + value + "\"",
            value -> "export DATABASE_URL = \"" + value + "\" # dev",
            value -> "  export  DATABASE_URL='" + value + "'#dev",
            value -> "'DATABASE_URL'=" + value + "   # dev",
            value -> "DATABASE_URL=postgresql://h/early\nDATABASE_URL=" + value,
            value -> "DATABASE_URL=" + value.replace("%s", "${DB_NAME}"),
            value -> "DATABASE_URL=" + value.replace("%s", "${NONE:-%s}")));
  }

  @Provide
  Arbitrary<Cut> cuts() {
    return Combinators.combine(
            others(),
            urls(),
            quotings(),
            others(),
            Arbitraries.of("\n", "\r\n"),
            Arbitraries.of("", "\ufeff"))
        .as(TargetEditorPropertyTest::cut);
  }

  private static Cut cut(
      String above,
      String url,
      UnaryOperator<String> quoting,
      String below,
      String lineEnd,
      String mark) {
    String setting = quoting.apply(url);
    if (setting.contains("${DB_NAME}")) {
      setting = "DB_NAME='%s'\n" + setting;
    }
    String text = mark + above + "\n" + setting + "\n" + below;
    int at = text.indexOf("%s");
    return new Cut(
        text.substring(0, at).replace("%%", "%").replace("\n", lineEnd),
        text.substring(at + 2).replace("%%", "%").replace("\n", lineEnd));
  }

  /** Nearly a file: anything may stand anywhere. */
  @Provide
  Arbitrary<String> wild() {
    Arbitrary<String> rest =
        tokens(
            "dev",
            "dev",
            "%41",
            "?",
            "&",
            "=",
            "dbname=",
            " ",
            "#",
            "'",
            "\"",
            "\\",
            "\n",
            "\r\n",
            "${DB}",
            "${DB:-dev}",
            "/",
            ",",
            "@");
    return Combinators.combine(
            tokens(
                "DB=dev\n", "DB='a b'\n", "PGDATABASE=dev\n", "\ufeff", "#", "export ", " ", "'"),
            Arbitraries.of("DATABASE_URL=", "DATABASE_URL = ", "PGDATABASE="),
            Arbitraries.of("", "'", "\""),
            Arbitraries.of(
                "postgresql://h/", "jdbc:postgresql:", "host=h dbname=", "h?dbname=", ""),
            rest,
            Arbitraries.of("", "'", "\""),
            rest)
        .as(
            (above, key, open, start, value, close, below) ->
                above + key + open + start + value + close + "\n" + below);
  }

  private static Arbitrary<String> tokens(String... tokens) {
    return Arbitraries.of(tokens).list().ofMaxSize(3).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> wildNames() {
    return Arbitraries.of(
            "dev", "test", "a b", "a'b", "a\"b", "a\\", "#a", "${DB}", "%41", "/", "?", "\u00fc",
            "}")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }
}
