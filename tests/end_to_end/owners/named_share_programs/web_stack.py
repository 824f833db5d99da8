"""Django, SQLAlchemy and pandas at work.

    web_stack.py DUMP
"""

import sys

import django
import heapgrind
import pandas
import sqlalchemy
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from sqlalchemy import orm

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="only a test",
                   INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"])
django.setup()

Base = orm.declarative_base()


class Order(Base):
    __tablename__ = "orders"
    number = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
    product = sqlalchemy.Column(sqlalchemy.String)


def place_orders(count):
    Base.metadata.create_all(engine)
    session.add_all(Order(number=number, product=f"product {number}") for number in range(count))
    session.commit()
    return session.query(Order).all()


def show(request):
    visits.append(request)
    return HttpResponse(f"{len(orders)} orders")


urlpatterns = [path("", show)]
engine = sqlalchemy.create_engine("sqlite://")
session = orm.Session(engine)
orders = place_orders(2000)
visits = []
factory = RequestFactory()
for _ in range(2000):
    show(factory.get("/"))
report = pandas.DataFrame({"number": range(10_000), "price": [1.5] * 10_000})
report = report.groupby("price").sum()
heapgrind.dump(sys.argv[1])
