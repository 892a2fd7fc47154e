from django.conf import settings
from django.db import models


class Loan(models.Model):
    book = models.ForeignKey("books.Book", on_delete=models.CASCADE)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "loans"
        constraints = [
            models.CheckConstraint(
                check=models.Q(until__gte=models.F("since")), name="loans_not_backwards"
            )
        ]
