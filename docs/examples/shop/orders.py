"""Orders, in a database in memory."""

from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()
ENGINE = create_engine("sqlite://")


class Order(Base):
    __tablename__ = "orders"

    number = Column(Integer, primary_key=True)
    customer = Column(String)
    address = Column(String)
    cents = Column(Integer)


OPEN_ORDERS = []


def place(num_orders):
    """Writes orders, and keeps them at hand until they are shipped."""
    Base.metadata.create_all(ENGINE)
    session = Session(ENGINE, expire_on_commit=False)
    for number in range(num_orders):
        order = Order(customer=f"customer {number}", address=f"{number} Long Street",
                      cents=number * 99)
        session.add(order)
        OPEN_ORDERS.append(order)
    session.commit()
