package dev.stampguard.tool.alembic;

import dev.stampguard.tool.ToolCommands;
import java.util.List;

/** Alembic's command lines; {@code --purge} makes stamping work over rows it cannot resolve. */
final class AlembicCommands implements ToolCommands {
  @Override
  public String stamp(List<String> heads) {
    return "alembic stamp --purge " + (heads.isEmpty() ? "base" : String.join(" ", heads));
  }

  @Override
  public String upgrade() {
    return "alembic upgrade heads";
  }
}
