from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("books", "0003_tags"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE VIEW overview AS SELECT title, pages FROM books_book",
            reverse_sql="DROP VIEW overview",
        ),
    ]
