"""A web shop that leaks: the program of the pictures in docs/using.md.

Serves 120 000 requests of visitors without cookies, then ends.  Uses Django for the
requests, SQLAlchemy for the orders and pandas for the report, as a real one might.
Takes five seconds and 220 MB.

    python3 -m heapgrind run -o shop.json docs/examples/serve_shop.py
"""

import sys

import django
from django.conf import settings
from django.test import RequestFactory

NUM_VISITS = 120_000


def configure():
    settings.configure(
        ALLOWED_HOSTS=["*"], ROOT_URLCONF="shop.views", SECRET_KEY="only an example",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"])
    django.setup()


def serve(num_visits):
    """Serves that many visits, and returns the number of bytes sent."""
    from shop import orders, reports, views

    orders.place(num_orders=5_000)
    reports.refresh(num_rows=200_000)
    factory = RequestFactory()
    return sum(
        len(views.show_product(factory.get(f"/product/{visit % 500}/"), visit % 500).content)
        for visit in range(num_visits))


if __name__ == "__main__":
    configure()
    print(serve(NUM_VISITS), "bytes served", file=sys.stderr)
