"""Gunicorn with Flask and SQLAlchemy: two workers that answer while they are dumped.

The module's list keeps something of each request; the application keeps reports.
"""

import glob
import os
import socket
import subprocess
import sys
import threading
import urllib.request

import planted

NUM_KEPT = 400
LOCK = threading.Lock()
AUDIT = []


def make_application():
    """Returns the application of a worker, with its database."""
    import flask
    import sqlalchemy
    from sqlalchemy import orm

    class Order(orm.declarative_base()):
        __tablename__ = "orders"
        number = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
        product = sqlalchemy.Column(sqlalchemy.String)

    engine = sqlalchemy.create_engine(
        "sqlite://", poolclass=sqlalchemy.pool.StaticPool,
        connect_args={"check_same_thread": False})
    Order.metadata.create_all(engine)
    app = flask.Flask(__name__)
    app.reports = planted.rows(2000)

    @app.route("/orders/<product>")
    def place(product):
        with LOCK, orm.Session(engine) as session:
            session.add(Order(product=product))
            session.commit()
            count = session.query(Order).count()
            if len(AUDIT) < NUM_KEPT:
                AUDIT.append(flask.request.path.encode() + bytes(5000))
            if count == NUM_KEPT:
                planted.tell({
                    "module::gunicorn_flask > list::AUDIT": planted.size_of(AUDIT),
                    "module::gunicorn_flask > Flask::app > list::reports":
                        planted.size_of(app.reports)})
        return flask.jsonify(pid=os.getpid(), count=count)

    return app


def visit(port, may_end):
    number = 0
    while not may_end.is_set():
        number += 1
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/orders/{number}") as answer:
            answer.read()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    gunicorn = subprocess.Popen(
        ["gunicorn", "--workers=2", "--threads=2", "--log-level=error",
         f"--bind=fd://{listener.fileno()}", f"--pythonpath={os.path.dirname(__file__)}",
         "gunicorn_flask:app"], pass_fds=[listener.fileno()])
    may_end = threading.Event()
    visitors = [threading.Thread(target=visit, args=(listener.getsockname()[1], may_end))
                for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    while len(glob.glob("*.planted")) < 2:
        may_end.wait(0.1)
    planted.ask_for_dumps(*(path.partition(".")[0] for path in glob.glob("*.planted")))
    may_end.set()
    for visitor in visitors:
        visitor.join()
    gunicorn.terminate()
    sys.exit(gunicorn.wait())


if __name__ == "__main__":
    main()
else:
    app = make_application()
