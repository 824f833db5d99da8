"""Children that a program forks: their beginning and their end."""

import os
import re
import sys

# From Python 3.7 on there are only children that know of their parent's hook;
# before, these functions of `os` are replaced.
_FORKING = ("fork", "forkpty")
_LAST = -100  # Priority among what multiprocessing calls at the end.

# What the programs begin with that multiprocessing, or loky after its model,
# starts for its own sake: in Lib/multiprocessing, forkserver.py,
# resource_tracker.py and, up to 3.7, semaphore_tracker.py.
_SERVANT = re.compile(
    br"(import sys; )?from [\w.]+\.(forkserver|resource_tracker|semaphore_tracker) import main\b"
)

_kept = []  # What multiprocessing refers to weakly.


def is_servant():
    """True if this process is one of multiprocessing's own, which does no
    work of the program: a forkserver, or what removes semaphores left behind."""
    try:
        with open("/proc/self/cmdline", "rb") as cmdline:
            arguments = cmdline.read().split(b"\0")
    except EnvironmentError:
        return False
    return any(_SERVANT.match(argument) for argument in arguments)


def call_around(before, in_parent, in_child):
    """Lets functions be called before and after each fork; up to Python 3.6 only
    the one in the child."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(
            before=before, after_in_parent=in_parent, after_in_child=in_child
        )
        return
    for name in _FORKING:
        setattr(os, name, _calling(getattr(os, name), in_child))


def _calling(fork, function):
    def fork_and_call():
        """Forks as ever."""
        result = fork()
        if (result[0] if isinstance(result, tuple) else result) == 0:
            function()
        return result

    return fork_and_call


def call_where_multiprocessing_ends(function):
    """Lets this child, if it is one of multiprocessing, call a function when it
    ends: it leaves without what is registered with atexit."""
    util = sys.modules.get("multiprocessing.util")
    if util is None:
        return
    _kept.append(_Key())
    util.register_after_fork(
        _kept[-1], lambda _: util.Finalize(None, function, exitpriority=_LAST)
    )


class _Key(object):
    """What multiprocessing knows a registration by."""
