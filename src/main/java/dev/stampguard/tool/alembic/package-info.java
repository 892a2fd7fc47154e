/**
 * Alembic: finds its configuration, reads the revision scripts without running them and tells what
 * each does to the schema. Facts are those of Alembic's sources (1.8 to 1.19) and of SQLAlchemy's
 * (1.4 and 2.0). Start at {@link dev.stampguard.tool.alembic.AlembicTool}. May see {@code catalog}
 * and its own sub-packages.
 */
package dev.stampguard.tool.alembic;
