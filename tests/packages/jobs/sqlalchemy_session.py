"""SQLAlchemy 2: a session that keeps the objects that it loaded, and a cache of its results."""

import planted
import sqlalchemy
from sqlalchemy import orm
import shown


class Base(orm.DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    number: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    text: orm.Mapped[str]


engine = sqlalchemy.create_engine("sqlite://")
Base.metadata.create_all(engine)
session = orm.Session(engine)
session.add_all([Order(number=i, text=f"order {i}") for i in range(2000)])
session.commit()
loaded = session.scalars(sqlalchemy.select(Order).where(Order.number < 1500)).all()
RESULTS = {}
for order in loaded:
    RESULTS[order.number + 1000] = order.text.encode() + bytes(400)
if len(RESULTS) != 1500:
    raise RuntimeError("expected all orders below 1500")
shown.show({"module::__main__ > dict::RESULTS": planted.size_of(RESULTS)})
