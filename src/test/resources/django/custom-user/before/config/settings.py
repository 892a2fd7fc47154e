from .base import *

AUTH_USER_MODEL = "people.Person"
SITE_ID = 1
INSTALLED_APPS += ["django.contrib.sites", "django.contrib.flatpages", "django.contrib.redirects"]
INSTALLED_APPS.append("people")
