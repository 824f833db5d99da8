"""A session of SQLAlchemy to which rows are added, and that nobody flushes."""

import sqlalchemy
from sqlalchemy import orm

OWNER, TYPE, EACH = "orm_session.session", "Order", 2000
Base = orm.declarative_base()


class Order(Base):
    __tablename__ = "orders"
    number = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
    note = sqlalchemy.Column(sqlalchemy.String)


session = orm.Session(sqlalchemy.create_engine("sqlite://"), autoflush=False)


def run(first):
    for number in range(first, first + EACH):
        session.add(Order(number=number + 1000, note="gift " * 500 + str(number)))


def holder():
    return session
