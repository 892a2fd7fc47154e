from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("books", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="book",
            name="isbn",
            field=models.SlugField(max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="book",
            name="pages",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="book",
            index=models.Index(fields=["-pages"], name="books_by_pages"),
        ),
    ]
