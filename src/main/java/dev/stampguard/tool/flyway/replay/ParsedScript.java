package dev.stampguard.tool.flyway.replay;

import dev.stampguard.tool.sql.run.FailedStatementException;
import dev.stampguard.tool.sql.run.RunnableScript;
import dev.stampguard.tool.sql.run.ScriptBook;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.sqlscript.ParserSqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLParser;

/** A script as Flyway's own parser reads it. */
public final class ParsedScript implements RunnableScript {
  private final FluentConfiguration configuration;
  private final List<SqlStatement> statements;
  private final boolean isTransactional;

  private ParsedScript(
      FluentConfiguration configuration, List<SqlStatement> statements, boolean isTransactional) {
    this.configuration = configuration;
    this.statements = List.copyOf(statements);
    this.isTransactional = isTransactional;
  }

  /**
   * Reads one.
   *
   * @throws UnusableScriptException when Flyway would not run it
   */
  public static ParsedScript of(
      FlywayScript script, EngineSettings settings, ScriptBook.Place place)
      throws UnusableScriptException {
    String text =
        script
            .text()
            .orElseThrow(
                () ->
                    new UnusableScriptException(
                        "it is a Java migration, which only Flyway in its application can run:"
                            + " say how by `replay.command` in `stampguard.properties`"));
    FluentConfiguration configuration = configuration(script, settings, place);
    try {
      Path beside = script.file().resolveSibling(script.file().getFileName() + ".conf");
      LoadableResource metadata =
          Files.isRegularFile(beside) ? new Text(beside, Files.readString(beside)) : null;
      var parsed =
          new ParserSqlScript(
              new Parser(configuration),
              new Text(script.file(), text),
              metadata,
              settings.isMixed());
      parsed.validate();
      if (!parsed.shouldExecute()) {
        return new ParsedScript(configuration, List.of(), true);
      }
      var statements = new ArrayList<SqlStatement>();
      try (SqlStatementIterator each = parsed.getSqlStatements()) {
        each.forEachRemaining(statements::add);
      }
      return new ParsedScript(configuration, statements, parsed.executeInTransaction());
    } catch (FlywayException e) {
      throw new UnusableScriptException(oneLine(e.getMessage()));
    } catch (IOException e) {
      throw new UnusableScriptException("the file beside it cannot be read");
    }
  }

  private static FluentConfiguration configuration(
      FlywayScript script, EngineSettings settings, ScriptBook.Place place) {
    Map<String, String> placeholders = new HashMap<>(settings.placeholders());
    placeholders.put("flyway:defaultSchema", place.ledger().schema());
    placeholders.put("flyway:user", place.database().user());
    placeholders.put("flyway:database", place.database().database());
    placeholders.put("flyway:table", place.ledger().name());
    placeholders.put("flyway:filename", script.file().getFileName().toString());
    placeholders.put("flyway:workingDirectory", ".");
    placeholders.put("flyway:timestamp", "1970-01-01 00:00:00");
    placeholders.put("flyway:environment", "default");
    return Flyway.configure()
        .placeholderReplacement(settings.replacesPlaceholders())
        .placeholderPrefix(settings.placeholderPrefix())
        .placeholderSuffix(settings.placeholderSuffix())
        .placeholders(placeholders)
        .mixed(settings.isMixed());
  }

  private static String oneLine(String message) {
    return String.join(" ", message.lines().map(String::strip).toList());
  }

  @Override
  public boolean canJoin() {
    return isTransactional;
  }

  @Override
  public boolean isWrapped() {
    return isTransactional;
  }

  @Override
  public void run(Connection connection, boolean isJoining) throws FailedStatementException {
    var template = new JdbcTemplate(connection, Types.NULL);
    for (SqlStatement statement : statements) {
      Results results = statement.execute(template, null, configuration);
      if (results.getException() != null) {
        throw new FailedStatementException(results.getException(), statement.getLineNumber());
      }
    }
  }

  /**
   * The engine's parser without the engine's connection, which it asks for one thing only: whether
   * the server is so old that it adds no enum value in a transaction. None that we take is.
   */
  private static final class Parser extends PostgreSQLParser {
    private static final Pattern ADD_VALUE = Pattern.compile("ALTER TYPE( .*)? ADD VALUE.*");

    Parser(FluentConfiguration configuration) {
      super(configuration, new ParsingContext());
    }

    @Override
    protected Boolean detectCanExecuteInTransaction(String statement, List<Token> keywords) {
      return ADD_VALUE.matcher(statement).matches()
          ? null
          : super.detectCanExecuteInTransaction(statement, keywords);
    }
  }

  /** A text as the engine wants it. */
  private static final class Text extends LoadableResource {
    private final Path file;
    private final String text;

    Text(Path file, String text) {
      this.file = file;
      this.text = text;
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return file.toString();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return file.toString();
    }

    @Override
    public String getFilename() {
      return file.getFileName().toString();
    }

    @Override
    public String getRelativePath() {
      return file.getFileName().toString();
    }
  }
}
