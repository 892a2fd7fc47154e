from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("zoo", "0001_initial")]
    operations = [
        migrations.AlterField("animal", "weight", models.IntegerField(db_column="kilograms")),
        migrations.AlterField("animal", "cage", models.IntegerField(db_index=True)),
        migrations.AlterField("animal", "kind", models.CharField(max_length=20, unique=True)),
        migrations.AlterIndexTogether("animal", {("weight", "cage")}),
        migrations.AlterUniqueTogether("animal", {("keeper", "cage")}),
        migrations.RemoveConstraint("animal", "one_light_one"),
        migrations.RemoveIndex("animal", "animal_kinds"),
        migrations.RenameField("animal", "keeper", "guard"),
        migrations.RenameField("animal", "helpers", "assistants"),
        migrations.RenameModel("Animal", "Beast"),
        migrations.AddField("beast", "born", models.DateField(null=True)),
        migrations.RemoveField("beast", "facts"),
        migrations.AlterModelTable("keeper", "staff"),
        migrations.AlterModelOptions("beast", {"ordering": ["born"]}),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [
                        "CREATE TABLE feeding (id int PRIMARY KEY)",
                        ("CREATE INDEX feeding_ids ON feeding (id)", None),
                    ]
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Feeding",
                    fields=[("id", models.IntegerField(primary_key=True, serialize=False))],
                    options={"db_table": "feeding"},
                )
            ],
        ),
        migrations.AlterOrderWithRespectTo("dish", "meal"),
        migrations.AlterOrderWithRespectTo(name="meal", order_with_respect_to=None),
        migrations.DeleteModel("AVeryLongNameOfAModelThatPostgreSQLKeepsOnlyABeginningOf"),
        migrations.RunPython(migrations.RunPython.noop),
    ]
