package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.target.TracedText;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.OwnCheck;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.PieceScript;
import dev.stampguard.tool.sql.run.UnusableScriptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sqitch, found by {@code sqitch.conf} or {@code sqitch.plan}. Facts: its {@code App::Sqitch::Plan}
 * and {@code App::Sqitch::Engine::pg}.
 */
final class Sqitch extends SqlFileTool {
  private static final String SETTINGS = "sqitch.conf";
  private static final String PLAN = "sqitch.plan";
  private static final String ENGINE = "pg";
  private static final long LOCK = 75_474_063;

  Sqitch(ProjectLook look) {
    super(look, "sqitch", "Sqitch", "`sqitch.conf`", "changes", ToolSupport.Checksums.COMPARED);
  }

  /** What a change is called in the ledger is made of all that the plan says of it. */
  @Override
  List<String> facts(Place place) {
    return List.of(plan(place).toString());
  }

  @Override
  List<Path> files(Place place) {
    return List.of(plan(place.project(), settings(place.project())));
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(SETTINGS, PLAN);
  }

  private static GitSettings settings(Path project) {
    return GitSettings.read(ScriptFiles.settings(project.resolve(SETTINGS)).orElse(""));
  }

  private static Path top(Path project, GitSettings settings) {
    return settings
        .value("engine.pg.top_dir")
        .or(() -> settings.value("core.top_dir"))
        .map(name -> project.resolve(name).normalize())
        .orElse(project);
  }

  private static Path plan(Path project, GitSettings settings) {
    return settings
        .value("engine.pg.plan_file")
        .or(() -> settings.value("core.plan_file"))
        .map(name -> project.resolve(name).normalize())
        .orElseGet(() -> top(project, settings).resolve(PLAN));
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    GitSettings settings = GitSettings.read(look().text(project, SETTINGS).orElse(""));
    if (!look().isFile(project, plan(project, settings))
        || !settings.value("core.engine").orElse(ENGINE).equals(ENGINE)) {
      return Optional.empty();
    }
    Path deploy =
        said.migrations()
            .orElseGet(
                () ->
                    settings
                        .value("engine.pg.deploy_dir")
                        .or(() -> settings.value("core.deploy_dir"))
                        .map(name -> project.resolve(name).normalize())
                        .orElseGet(() -> top(project, settings).resolve("deploy")));
    return Optional.of(
        new Place(
            project,
            deploy,
            new LedgerLocation(
                Optional.of(settings.value("engine.pg.registry").orElse("sqitch")), "changes"),
            url(settings)));
  }

  /** {@code db:pg://…}, or the name of a target that has one. */
  private static Optional<ToolUrl> url(GitSettings settings) {
    return settings
        .value("engine.pg.target")
        .flatMap(
            target ->
                target.startsWith("db:")
                    ? Optional.of(target)
                    : settings.value("target." + target + ".uri"))
        .filter(uri -> uri.startsWith("db:pg:") && uri.length() > "db:pg:".length())
        .map(
            uri -> {
              String rest = uri.substring("db:pg:".length());
              String url = "postgresql:" + (rest.startsWith("//") ? rest : "///" + rest);
              String source = SETTINGS + " engine.pg.target";
              return new ToolUrl(TracedText.elsewhere(url, source), source, Optional.empty());
            });
  }

  private static SqitchPlan plan(Place place) {
    return SqitchPlan.read(
        ScriptFiles.settings(plan(place.project(), settings(place.project()))).orElse(""));
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (SqitchPlan.Change change : plan(place).changes()) {
      files
          .read(
              change.script(),
              change.stamp().note().lines().findFirst().orElse(""),
              place.directory().resolve(change.script() + ".sql"))
          .ifPresent(migrations::add);
    }
    return migrations;
  }

  @Override
  PieceScript script(MigrationFile file) throws UnusableScriptException {
    return PsqlScript.read(file);
  }

  @Override
  List<OwnCheck> ownChecks(Place place, PostgresConnection connection, List<String> revisions) {
    GitSettings settings = settings(place.project());
    Path directory =
        settings
            .value("engine.pg.verify_dir")
            .or(() -> settings.value("core.verify_dir"))
            .map(name -> place.project().resolve(name).normalize())
            .orElseGet(() -> top(place.project(), settings).resolve("verify"));
    var verify = new SqitchVerify(connection);
    return SqitchVerify.scripts(directory, new ScriptFiles(place.project()), revisions).stream()
        .map(verify::run)
        .toList();
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    return new SqitchLedger(plan(place), Migrations.of(migrations));
  }

  @Override
  List<String> schemas(Place place) {
    return place.ledger().schema().stream().toList();
  }

  @Override
  List<Long> locks(QualifiedName ledger, String database) {
    return List.of(LOCK);
  }
}
