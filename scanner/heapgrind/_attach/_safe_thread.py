"""Which thread of a stopped process may be interrupted for a function that
allocates and loads a library.

Not one that is in malloc or in the loader: it may hold a lock that the function
wants, too.  What other threads hold does not matter, because they run on while
the function does.  Sure to hold none are

- a thread in a system call that waits for something outside the process, or
  for another thread by the calls that condition variables and semaphores make:
  locks of glibc's malloc and loader wait by others;
- a thread that runs code of CPython itself or of an extension module.

The numbers of the system calls are those of x86-64.
"""

import os

# arch/x86/entry/syscalls/syscall_64.tbl of Linux
_WAITS = {
    7: "poll",
    23: "select",
    34: "pause",
    43: "accept",
    45: "recvfrom",
    47: "recvmsg",
    61: "wait4",
    128: "rt_sigtimedwait",
    130: "rt_sigsuspend",
    232: "epoll_wait",
    247: "waitid",
    270: "pselect6",
    271: "ppoll",
    281: "epoll_pwait",
    288: "accept4",
    441: "epoll_pwait2",
}
# Allocators other than glibc's may wait by these, and its loader reads.
_WAITS_WITH_GLIBC = {0: "read", 1: "write", 44: "sendto", 230: "clock_nanosleep"}
_FUTEX = 202
_FUTEX_WAIT_BITSET = 9
_FUTEX_COMMAND = 0x7F  # Without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME.


class SafeThreads(object):
    """What is known of a process's code before it is stopped."""

    def __init__(self, modules, interpreter):
        """Takes the process's Modules and its Interpreter."""
        self._modules = modules
        self._interpreter = interpreter.module
        allocators = [module for module in modules if module.elf.exports(["malloc"])]
        # A C library that is the loader, too, is musl's.
        self._has_glibc_alone = len(allocators) == 1 and is_glibc(allocators[0])

    def find(self, target):
        """Returns the number of such a thread of a process that is stopped, or
        None.  One that waits comes first, and of those the main thread."""
        states = [(tid, read_state(target, tid)) for tid in target.threads()]
        for is_safe in (self._waits, self._runs_python):
            for tid, state in states:
                if state is not None and is_safe(*state):
                    return tid
        return None

    def _waits(self, call, arguments, pc):
        """True if it waits in a system call that is harmless."""
        if call in _WAITS:
            return True
        if not self._has_glibc_alone or self._is_loader(pc):
            return False
        if call == _FUTEX:
            return arguments[1] & _FUTEX_COMMAND == _FUTEX_WAIT_BITSET
        return call in _WAITS_WITH_GLIBC

    def _runs_python(self, call, arguments, pc):
        """True if it runs code of CPython or of an extension module."""
        del arguments
        module = self._module_of(pc)
        if call != -1 or module is None or module.elf.exports(["malloc"]):
            return False
        return (
            module == self._interpreter
            or b"/lib-dynload/" in module.path
            or module.elf.text().find(b"\0PyInit_") >= 0
        )

    def _is_loader(self, pc):
        module = self._module_of(pc)
        return module is not None and os.path.basename(module.path).startswith(b"ld")

    def _module_of(self, address):
        """Returns the Module whose code is at an address; None: no file's."""
        for module in self._modules:
            if any(start <= address < end for start, end in module.ranges):
                return module
        return None


def is_glibc(module):
    """True for glibc's libc, up to 2.33 and from 2.34 on."""
    return bool(module.elf.exports(["gnu_get_libc_version"]))


def read_state(target, tid):
    """Returns where a stopped thread is: the number of its system call (-1: in
    none), the arguments of that, and its program counter.  None: it runs, or
    is gone."""
    try:
        with open(target.path("task/{}/syscall".format(tid))) as syscall:
            fields = syscall.read().split()
    except EnvironmentError:
        return None
    if len(fields) < 3:
        return None
    return int(fields[0]), [int(text, 16) for text in fields[1:-2]], int(fields[-1], 16)
