from django.db import migrations, models


def close_old_loans(apps, schema_editor):
    loan = apps.get_model("lending", "Loan")
    loan.objects.filter(until=None).update(until=models.F("since"))


class Migration(migrations.Migration):

    dependencies = [
        ("lending", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="loan",
            name="until",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                check=models.Q(("until__gte", models.F("since"))), name="loans_not_backwards"
            ),
        ),
        migrations.RunPython(close_old_loans, migrations.RunPython.noop),
    ]
