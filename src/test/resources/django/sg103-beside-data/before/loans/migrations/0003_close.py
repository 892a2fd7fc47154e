from django.db import migrations, models


def close_old_loans(apps, schema_editor):
    loan = apps.get_model("lending", "Loan")
    loan.objects.filter(until=None).update(until=models.F("since"))


class Migration(migrations.Migration):

    dependencies = [
        ("lending", "0002_until"),
    ]

    operations = [
        migrations.RunPython(close_old_loans, migrations.RunPython.noop),
    ]
