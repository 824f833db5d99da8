"""The programs in jobs/, and what is known of their dumps."""

from typing import NamedTuple, Tuple

_COPIES = ("fork", "outside")  # These follow native memory.
_ALL = ("itself",) + _COPIES


class Job(NamedTuple):
    """A file in jobs/.

    Attributes:
        title: In the table of docs/how-it-works.md.
        least_named: Percent of the bytes that have a named owner, at least.
        least_explained: Percent of what the allocators handed out that is in records, at least:
            without native memory, in the dump by the process itself.
        buffers_found: The ways to dump that find its buffers in C.
        is_one_of_few: Whether CI runs it; its package is in few.txt.
    """

    title: str
    least_named: float = 96
    least_explained: float = 70
    buffers_found: Tuple[str, ...] = _COPIES
    is_one_of_few: bool = False


JOBS = {
    "numpy_arrays": Job("numpy", buffers_found=_ALL, is_one_of_few=True),
    "pandas_frame": Job("pandas", buffers_found=()),
    # Rust's memory is from an allocator of its own, as is Arrow's.
    "polars_frame": Job("polars", buffers_found=()),
    "pyarrow_tables": Job("pyarrow", buffers_found=()),
    "pyarrow_malloc": Job("pyarrow, its pool malloc's", least_explained=60, is_one_of_few=True),
    "pydantic_models": Job("pydantic", is_one_of_few=True),
    "sqlalchemy_session": Job("SQLAlchemy", is_one_of_few=True),
    "django_requests": Job("Django"),
    "fastapi_uvicorn": Job("FastAPI"),
    "celery_worker": Job("Celery"),
    "gevent_server": Job("gevent", is_one_of_few=True),
    "lxml_trees": Job("lxml", least_explained=10),
    "pillow_images": Job("Pillow", least_explained=25, is_one_of_few=True),
    "protobuf_messages": Job("protobuf", least_explained=55),
    "sklearn_forest": Job("scikit-learn"),
    "msgspec_structs": Job("msgspec"),
    "orjson_documents": Job("orjson"),
    "cryptography_keys": Job("cryptography"),
    # pybind11 has a table of all instances, which leads to their memory, too.
    "own_extensions": Job(
        "Cython and pybind11", least_named=75, least_explained=60, buffers_found=()),
}
