"""The programs in jobs/: how each is dumped, and what is known of its profile."""

from typing import NamedTuple, Tuple

_TARGET = 97  # Percent of the bytes that have a named owner.


class Program(NamedTuple):
    """A file in jobs/.

    Attributes:
        title: In the table of docs/how-it-works.md.
        module: What must be installed.
        how: Who dumps it: see real_program.run.
        least_named: Percent of the bytes that have a named owner, at least.
        least_owned: Percent of the native memory that Python objects own, at least.
        num_processes: How many are dumped.
        not_found: Chains of rows of what is planted and not found yet.
    """

    title: str
    module: str
    how: str = "itself"
    least_named: float = _TARGET
    least_owned: float = 0
    num_processes: int = 1
    not_found: Tuple[str, ...] = ()


PROGRAMS = {
    "gunicorn_flask": Program(
        "gunicorn with Flask and SQLAlchemy, two workers under load", "gunicorn", "outside",
        num_processes=2),
    "aiohttp_server": Program("aiohttp, 100 web sockets", "aiohttp"),
    "celery_worker": Program("Celery, a worker in the process, 200 jobs", "celery"),
    "gevent_server": Program("gevent, 100 connections", "gevent"),
    "tornado_server": Program("Tornado, 50 requests that wait", "tornado"),
    "twisted_server": Program("Twisted, 50 connections", "twisted"),
    "lxml_bs4": Program(
        "lxml and Beautiful Soup, 60 trees", "lxml", "run", least_named=95, least_owned=90),
    "matplotlib_figures": Program("Matplotlib, 15 open figures", "matplotlib", least_owned=85),
    "sympy_algebra": Program("SymPy, integrals and series", "sympy"),
    "mypy_check": Program("mypy (compiled), json checked", "mypy", "run", least_named=96),
    "pylint_run": Program("Pylint, json and logging checked", "pylint", least_named=96.5),
    "ipython_shell": Program("IPython, 601 cells", "IPython"),
    "sphinx_build": Program("Sphinx, five modules documented", "sphinx", least_named=84),
    "pyqt5_window": Program("PyQt5, 400 widgets", "PyQt5", least_named=96, least_owned=80),
    "asyncio_tasks": Program("asyncio, 1000 tasks", "asyncio", "outside"),
    "multiprocessing_pool": Program(
        "multiprocessing, four processes", "multiprocessing", num_processes=4),
}
