"""Django: models in SQLite, requests through its handler, and a view's cache."""

import django
from django import http, urls
from django.conf import settings
import planted
import shown

settings.configure(
    SECRET_KEY="none", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"])
django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

PAGES = {}


def page(request, name):
    user = User.objects.get(username=name)
    PAGES[name] = b"page %d " % user.pk + bytes(5000)
    return http.HttpResponse(PAGES[name])


urlpatterns = [urls.path("page/<name>", page)]
call_command("migrate", verbosity=0)
User.objects.bulk_create([User(username=f"user{i}") for i in range(200)])
client = Client()
answers = [client.get(f"/page/user{i}").status_code for i in range(200)]
if answers != [200] * 200:
    raise RuntimeError(f"expected 200 pages, got {set(answers)}")
shown.show({"module::__main__ > dict::PAGES": planted.size_of(PAGES)})
