import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length"), ("books", "__first__")]
    operations = [
        migrations.CreateModel(
            name="Keeper",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("name", models.TextField(db_index=True)),
                ("chief", models.ForeignKey("self", models.SET_NULL, null=True)),
                ("groups", models.ManyToManyField(to="auth.Group")),
            ],
        ),
        migrations.CreateModel(
            name="Animal",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("weight", models.PositiveSmallIntegerField(db_column="kilograms")),
                ("kind", models.CharField(max_length=20)),
                ("cage", models.IntegerField(unique=True)),
                ("keeper", models.ForeignKey(on_delete=models.CASCADE, to="zoo.Keeper")),
                ("likes", models.ManyToManyField(to="zoo.Animal")),
                ("helpers", models.ManyToManyField(related_name="+", to="zoo.Keeper")),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "index_together": {("kind", "weight")},
                "indexes": [models.Index(fields=["kind"], name="animal_kinds")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["kind"], condition=models.Q(weight=1), name="one_light_one"
                    ),
                    models.UniqueConstraint(fields=["kind", "cage"], name="one_of_a_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AVeryLongNameOfAModelThatPostgreSQLKeepsOnlyABeginningOf",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "a_reference_with_a_name_that_is_long_too",
                    models.OneToOneField(on_delete=models.CASCADE, to="zoo.Animal"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[("id", models.BigAutoField(primary_key=True, serialize=False))],
            options={"managed": False},
        ),
        migrations.CreateModel(
            name="Meal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("animal", models.ForeignKey(on_delete=models.CASCADE, to="zoo.Animal")),
            ],
            options={"order_with_respect_to": "animal"},
        ),
        migrations.CreateModel(
            name="Dish",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("meal", models.ForeignKey(on_delete=models.CASCADE, to="zoo.Meal")),
            ],
        ),
        migrations.AddIndex(
            model_name="animal", index=GinIndex(fields=["facts"], name="animal_facts")
        ),
    ]
