package dev.stampguard.tool.sqlfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a file is run, and in which transaction. */
class ScriptFormsTest {
  private static MigrationFile file(String text) {
    return new MigrationFile("1", "", Path.of("1.sql"), "1.sql", text);
  }

  private static List<String> texts(PieceScript script) {
    return script.pieces().stream().map(Piece::sql).toList();
  }

  @Test
  void gooseCutsAtLinesThatEndWithASemicolon() throws UnusableScriptException {
    PieceScript script =
        new GooseScript(Map.of("OWNER", "ada"))
            .read(
                """
                -- a comment
                -- +goose Up
                CREATE TABLE a (
                  id integer -- no; end
                ); -- the end
                -- +goose StatementBegin
                CREATE FUNCTION f() RETURNS integer AS $$
                BEGIN
                  RETURN 1;
                END;
                $$ LANGUAGE plpgsql;
                -- +goose StatementEnd
                -- +goose ENVSUB ON
                COMMENT ON TABLE a IS '${OWNER} ${NONE:-nobody}';
                -- +goose ENVSUB OFF
                COMMENT ON TABLE a IS '${OWNER}';
                -- +goose Down
                DROP TABLE a;
                """);

    assertThat(texts(script)).hasSize(4);
    assertThat(script.pieces().get(1).line()).isEqualTo(7);
    assertThat(texts(script).get(2)).isEqualTo("COMMENT ON TABLE a IS 'ada nobody';");
    assertThat(texts(script).get(3)).contains("${OWNER}");
    assertThat(script.mode()).isEqualTo(PieceScript.Mode.WRAPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE a ();                         | `-- +goose Up` before
          -- +goose Up;SELECT 1                      | misses a semicolon
          -- +goose Up;-- +goose StatementBegin      | StatementEnd
          -- +goose Sideways                         | no `+goose sideways`
          """)
  void gooseRefuses(String lines, String message) {
    assertThatThrownBy(() -> new GooseScript(Map.of()).read(lines.replace(";", "\n")))
        .isInstanceOf(UnusableScriptException.class)
        .hasMessageContaining(message);
  }

  @Test
  void dbmateTakesTheBlockThatGoesUp() throws UnusableScriptException {
    var dbmate = new Dbmate(new ProjectLook(), Map.of());
    PieceScript script =
        dbmate.script(
            file(
                "-- first\n-- migrate:up transaction:false\nSELECT 1;\n\n-- migrate:down\nSELECT 2;\n"));

    assertThat(script.pieces()).containsExactly(new Piece("SELECT 1", 3));
    assertThat(script.isWrapped()).isFalse();
    assertThatThrownBy(() -> dbmate.script(file("-- migrate:up\nSELECT 1;\n")))
        .isInstanceOf(UnusableScriptException.class);
  }

  @Test
  void nodePgMigrateTakesTheBlockThatGoesUpInEitherOrder() throws UnusableScriptException {
    var tool = new NodePgMigrate(new ProjectLook());

    assertThat(texts(tool.script(file("SELECT 0;")))).containsExactly("SELECT 0");
    assertThat(texts(tool.script(file("-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;"))))
        .containsExactly("SELECT 1");
    assertThat(texts(tool.script(file("-- Down Migration\nSELECT 2;\n-- Up Migration\nSELECT 1;"))))
        .containsExactly("SELECT 1");
  }

  @Test
  void atlasCutsWhereTheFileSays() {
    PieceScript script =
        new Atlas(new ProjectLook())
            .script(
                file(
                    "-- atlas:delimiter \\n---\n-- atlas:txmode none\n\nSELECT 1;\n---\nSELECT 2;"));

    assertThat(texts(script).getLast()).isEqualTo("SELECT 2;");
    assertThat(script.pieces().getLast().line()).isEqualTo(6);
    assertThat(script.mode()).isEqualTo(PieceScript.Mode.BARE);
  }

  /** Its own transaction can be left out where another one is shared, if that is all there is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BEGIN; CREATE TABLE a (); COMMIT;                        | true
          SET client_min_messages = warning; BEGIN; SELECT 1; END; | true
          BEGIN; SELECT 1; COMMIT; SELECT 2;                       | false
          BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; COMMIT;        | false
          BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT;               | true
          BEGIN; SELECT 1; ROLLBACK;                               | false
          SELECT 'BEGIN; COMMIT;';                                 | true
          """)
  void anOwnTransactionCanBeShared(String sql, boolean canJoin) {
    assertThat(new PieceScript(Piece.each(sql, 1), PieceScript.Mode.EACH).canJoin())
        .isEqualTo(canJoin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          \\copy a from 'a.csv'                     | `\\copy`
          COPY a FROM STDIN;                        | copies rows
          GRANT SELECT ON a TO :owner;              | variable
          CREATE TABLE :"schema".a ();              | variable
          """)
  void whatOnlyPsqlCanIsLeftToIt(String text, String message) {
    assertThatThrownBy(() -> PsqlScript.read(file(text)))
        .isInstanceOf(UnusableScriptException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatPsqlOnlySaysIsLeftOut() throws UnusableScriptException {
    PieceScript script =
        PsqlScript.read(
            file(
                "\\set ON_ERROR_STOP on\nBEGIN;\nSELECT a[1:2], '10:30'::time, b::text FROM c;\nCOMMIT;\n"));

    assertThat(script.pieces()).hasSize(3);
    assertThat(script.pieces().getFirst().line()).isEqualTo(2);
  }
}
