package dev.stampguard.tool.django.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.tool.LedgerFormat;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.python.driver.DriverRun;
import dev.stampguard.tool.python.driver.InterpreterSearch;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run a project's migrations with Django.
 *
 * @param manage {@code manage.py}, absolute
 * @param apps the labels of the project's apps
 * @param format how the ledger is read
 * @param ledger where it is
 * @param settings how any tool's revisions are run
 */
public record DjangoRun(
    Path manage,
    List<String> apps,
    LedgerFormat format,
    LedgerLocation ledger,
    RunSettings settings)
    implements DriverRun {
  /** What must be there to run it. */
  public static final InterpreterSearch.Wanted WANTED =
      new InterpreterSearch.Wanted("django-admin", List.of("django"));

  public DjangoRun {
    Objects.requireNonNull(manage);
    apps = List.copyOf(apps);
    Objects.requireNonNull(format);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(settings);
  }

  @Override
  public List<String> program() {
    return List.of("talk", "session", "django");
  }

  @Override
  public Path directory() {
    return manage.getParent();
  }

  @Override
  public String replaying() {
    return line(Optional.empty());
  }

  @Override
  public String changing(LockTimeout lock) {
    return line(Optional.of(lock));
  }

  private String line(Optional<LockTimeout> lock) {
    var out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("manage", manage.toString());
      json.writeArrayFieldStart("apps");
      for (String app : apps) {
        json.writeString(app);
      }
      json.writeEndArray();
      json.writeStringField("ledger", ledger.table());
      if (ledger.schema().isPresent()) {
        json.writeStringField("ledger_schema", ledger.schema().get());
      }
      if (lock.isPresent()) {
        json.writeNumberField("lock_timeout", lock.get().milliseconds());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  @Override
  public LedgerReader ledgerAt(LedgerLocation location) {
    return new LedgerReader(location, format);
  }

  @Override
  public String elsewhereHint() {
    return "let the settings keep to `DATABASES['default']` while migrations run";
  }

  @Override
  public String importHint() {
    return "name the project's interpreter with `--python`, and see whether `python manage.py"
        + " showmigrations` works with it";
  }
}
