"""Whether another process may be attached to, told before it is stopped."""

import os

from heapgrind._attach import _elf
from heapgrind._attach._target import CannotAttach


def check(target):
    """Raises CannotAttach if we may not look into a process, or nothing is to be
    seen there."""
    status = target.status()
    if not status:
        raise CannotAttach("expected a process of this number, found none")
    if target.pid == os.getpid():
        raise CannotAttach("expected another process", "heapgrind.dump() dumps its own")
    state = status.get("State", "")
    if state[:1] in ("Z", "X"):
        raise CannotAttach("expected it to run, but it has ended")
    tracer = status.get("TracerPid", "0")
    if tracer != "0":
        raise CannotAttach(
            "expected it to run freely, but process {} debugs it".format(tracer)
        )
    if state[:1] == "T":
        raise CannotAttach(
            "expected it to run, but it is stopped",
            "let it run on: kill -CONT {}".format(target.pid),
        )
    check_permission(target, status)
    machine = os.uname()[4]
    if machine != "x86_64":
        raise CannotAttach("expected x86-64, got {}".format(machine))
    check_program(target)


def check_program(target):
    """Raises CannotAttach if its program is none of this machine's own kind."""
    try:
        elf = _elf.open_file(target.path("exe"))
    except EnvironmentError:
        raise CannotAttach("expected a Python process, found one of the kernel's")
    except _elf.NotElf:
        raise CannotAttach("expected a Python process, found no ELF program")
    if (elf.machine, elf.bits) != (_elf.X86_64, 64):
        raise CannotAttach(
            "expected a program for x86-64, got one for {}".format(elf.machine_name())
        )


def check_permission(target, status):
    """Raises CannotAttach if this system does not let us debug a process."""
    try:
        open(target.path("mem"), "rb").close()
        return
    except EnvironmentError as error:
        if not target.is_alive():
            raise CannotAttach("expected it to run, but it has ended")
        reason = error.strerror
    user = status.get("Uid", "-1").split()[0]
    if os.geteuid() != 0 and user != str(os.geteuid()):
        raise CannotAttach(
            "expected a process of yours (user {}), got one of user {}".format(
                os.geteuid(), user
            ),
            "attach as that user or as root",
        )
    scope = read_ptrace_scope()
    if scope:
        raise CannotAttach(
            "expected the right to debug it, which kernel.yama.ptrace_scope={} "
            "takes away".format(scope),
            "attach as root, or set it to 0: sysctl kernel.yama.ptrace_scope=0"
            if scope < 3
            else "it stays so until the system starts again",
        )
    raise CannotAttach(
        "expected the right to debug it (CAP_SYS_PTRACE), got: {}".format(reason)
    )


def read_ptrace_scope(path="/proc/sys/kernel/yama/ptrace_scope"):
    """Returns whom Yama lets debug others: 0 all of one user, 1 parents, 2 root,
    3 nobody.  See Documentation/admin-guide/LSM/Yama.rst of Linux."""
    try:
        with open(path) as scope:
            return int(scope.read())
    except (EnvironmentError, ValueError):
        return 0
