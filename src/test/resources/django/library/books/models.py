from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100, unique=True)


class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    isbn = models.SlugField(max_length=20, null=True)
    pages = models.PositiveIntegerField(default=0)
    tags = models.ManyToManyField("Tag")

    class Meta:
        unique_together = [("title", "author")]
        indexes = [models.Index(fields=["-pages"], name="books_by_pages")]


class Tag(models.Model):
    name = models.CharField(max_length=30)
