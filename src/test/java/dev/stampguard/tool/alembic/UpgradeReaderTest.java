package dev.stampguard.tool.alembic;

import static dev.stampguard.tool.alembic.Fixture.script;
import static dev.stampguard.tool.alembic.Fixture.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.CreateTable;
import dev.stampguard.tool.SchemaOperation.Drop;
import dev.stampguard.tool.SchemaOperation.Redefine;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeReaderTest {
  private static Unreadable only(List<SchemaOperation> operations) {
    assertThat(operations).singleElement().isInstanceOf(Unreadable.class);
    return (Unreadable) operations.getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pass",
        "print('drop_table')",
        "op.get_context().as_sql",
        "x = op.get_bind().execute(sa.text('select 1')).scalar()",
        "for r in op.get_bind().execute('select 1'): print(r)",
        "[op.get_bind().execute(f'UPDATE a SET b = {i}') for i in range(3)]",
        "session = sa.orm.Session(bind=op.get_bind()); session.add(1); session.commit()",
        "op.bulk_insert(sa.table('a'), [{'x': 1}])",
        "inspector = sa.inspect(op.get_bind()); names = inspector.get_table_names()",
        "raise NotImplementedError('drop')",
        "op.get_bind().execute(\"UPDATE a SET b = '%s'\" % 1)"
      })
  void whatLeavesTheSchemaAloneIsReadable(String statement) {
    assertThat(upgrade(statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "op.create_table(name, sa.Column('a'))",
        "op.execute(f'CREATE TABLE {x} (a int)')",
        "op.execute(open('x.sql').read())",
        "op.create_view('v', 'select 1')",
        "op.run_async(f)",
        "Base.metadata.create_all(op.get_bind())",
        "users.create(op.get_bind())",
        "globals()['upgrade_x']()",
        "exec('x')",
        "[op.drop_table(t) for t in tables]",
        "op.drop_table('a') if x else None",
        "op.drop_index(**kw)",
        "op.invoke(x)"
      })
  void whatIsKnownOnlyWhenItRunsIsUnreadable(String statement) {
    assertThat(only(upgrade(statement)).line()).isEqualTo(5);
  }

  @Test
  void aConditionOrLoopMakesItsBodyUnreadableAndNamesWhatItMayDrop() {
    Unreadable loop =
        only(upgrade("for t in ('alpha', 'beta'):", "    op.drop_column(t, 'gamma')"));
    assertThat(loop.mayDrop()).contains("alpha", "beta", "gamma");
    Unreadable branch = only(upgrade("if x:", "    op.create_table('a', sa.Column('b'))"));
    assertThat(branch.mayDrop()).isEmpty();
    assertThat(only(upgrade("try:", "    op.drop_table('a')", "except Exception: pass")).mayDrop())
        .contains("a");
  }

  @Test
  void aConditionOverWhatChangesNoNameIsReadable() {
    assertThat(upgrade("if x:", "    op.execute(\"ALTER TYPE t ADD VALUE 'a'\")"))
        .containsExactly(new Redefine(6));
  }

  @Test
  void followsVariablesAndHelpersForWhatMayBeDropped() {
    Unreadable read =
        only(
            script(
                """
                OLD = ["one", "two"]
                def _clean(names):
                    for n in names:
                        op.drop_table(n)
                def upgrade():
                    _clean(OLD)
                def downgrade():
                    op.drop_table("three")
                """));
    assertThat(read.mayDrop()).as(read.reason()).contains("one", "two").doesNotContain("three");
  }

  @Test
  void readsHelpersWithoutArgumentsInPlace() {
    assertThat(
            script(
                """
                def _a():
                    op.drop_table("a")
                def upgrade():
                    _a()
                    op.drop_table("b")
                """))
        .hasOnlyElementsOfType(Drop.class)
        .hasSize(2);
    assertThat(only(script("def upgrade():\n    upgrade()")).reason()).contains("calls itself");
  }

  @Test
  void anEarlyReturnMakesTheRestUncertain() {
    assertThat(upgrade("if x:", "    return", "op.drop_table('a')"))
        .singleElement()
        .isInstanceOf(Unreadable.class);
    assertThat(upgrade("if x:", "    raise ValueError()", "op.drop_table('a')"))
        .singleElement()
        .isInstanceOf(Drop.class);
    assertThat(upgrade("op.drop_table('a')", "return", "op.drop_table('b')")).hasSize(1);
  }

  @Test
  void theDatabaseIsPostgres() {
    assertThat(
            upgrade(
                "if op.get_bind().dialect.name == 'postgresql':",
                "    op.drop_table('a')",
                "else:",
                "    op.drop_table('b')",
                "dialect = op.get_context().dialect.name",
                "if dialect != 'postgresql': op.drop_table('c')"))
        .singleElement()
        .isInstanceOfSatisfying(
            Drop.class, d -> assertThat(d.object().simpleName()).isEqualTo("a"));
  }

  @Test
  void aTableWithAnUnreadPartIsStillMade() {
    List<SchemaOperation> read =
        upgrade("op.create_table('a', sa.Column('b', sa.Text()), *timestamps(), sa.Column(x))");
    assertThat(read)
        .extracting(o -> o.getClass().getSimpleName())
        .containsExactly("CreateTable", "Unreadable", "Unreadable");
    assertThat(((CreateTable) read.getFirst()).columns()).containsExactly("b");
  }

  @Test
  void resolvesConstantsAndFormatStringsOverThem() {
    assertThat(
            script(
                """
                SCHEMA = "app"
                TABLE = "users"
                def upgrade():
                    suffix = "_old"
                    op.drop_table(f"{TABLE}{suffix}", schema=SCHEMA)
                """))
        .singleElement()
        .isInstanceOfSatisfying(
            Drop.class, d -> assertThat(d.object()).hasToString("table app.users_old"));
  }

  @Test
  void aFunctionFromElsewhereIsUnreadable() {
    assertThat(
            only(script("from app.db import audit\ndef upgrade():\n    audit('users')")).reason())
        .contains("app.db.audit");
    assertThat(only(script("x = 1")).reason()).contains("no function `upgrade`");
  }

  @Test
  void aForeignKeyThatUsesAlterIsNotMadeWithItsTable() {
    var table =
        (CreateTable)
            upgrade(
                    "op.create_table('a', sa.Column('b', sa.Integer, sa.ForeignKey('c.id', use_alter=True)),"
                        + " sa.ForeignKeyConstraint(['b'], ['d.id'], name='k', use_alter=True))")
                .getFirst();
    assertThat(table.constraints()).isEmpty();
    assertThat(
            upgrade(
                "op.add_column('a', sa.Column('b', sa.Integer, sa.ForeignKey('c.id', use_alter=True)))"))
        .hasSize(2);
  }

  @Test
  void anOpThatIsHandedInIsNotTakenForAlembicsOwn() {
    assertThat(only(upgrade("tables.drop_column('a', 'b')")).reason())
        .isEqualTo("what `drop_column` is called on is not known");
  }
}
