"""What a module asks of the C library, and the platform tag of a wheel with it.

A wheel tagged manylinux_2_N is for machines with glibc 2.N or later, and pip
(from 20.3 on) refuses it elsewhere: https://peps.python.org/pep-0600/.  One
tagged musllinux_1_2 is for those with musl 1.2: https://peps.python.org/pep-0656/.
Runs on Python 2.7 and 3.6 to 3.15.
"""

import platform
import re
import subprocess
import sys

# The oldest glibc that wheels were run on, Debian 11's: `./run test-wheels`.
RUN_ON = (2, 31)
# The same on 64-bit ARM, by the Python: that of the Debian which has it: `./run test-aarch64`.
RUN_ON_ARM = {(3, 11): (2, 36), (3, 13): (2, 41), (3, 14): (2, 43), (3, 15): (2, 43)}
# The musl that they were run on, by the Python, on x86-64: `./run test-musl`.
RUN_ON_MUSL = {(3, 13): (1, 2)}
# What the module is linked with there: by the name that all know, or Alpine's.
MUSL = ("libc.so", "libc.musl-x86_64.so.1")


def portable_platform(extension):
    """Returns the platform tag of a wheel with this extension module.

    Returns:
        manylinux_2_N_x86_64 or _aarch64, where N is as old as what the wheel was
        run on and what it asks for allow; musllinux_1_2_x86_64 if it wants no
        library but musl; None where no wheel was run: on other architectures, and
        on ARM and with musl with other Pythons.
    Raises EnvironmentError and subprocess.CalledProcessError if objdump cannot
    read the module.
    """
    machine = platform.machine()
    musl = RUN_ON_MUSL.get(sys.version_info[:2]) if machine == "x86_64" else None
    if musl and set(needed_libraries(extension)) <= set(MUSL):
        return "musllinux_{}_{}_{}".format(*(musl + (machine,)))
    run_on = {"x86_64": RUN_ON, "aarch64": RUN_ON_ARM.get(sys.version_info[:2])}.get(machine)
    needed = needed_glibc(extension) if run_on else None
    if needed is None:
        return None
    return "manylinux_{}_{}_{}".format(*(max(needed, run_on) + (machine,)))


def needed_libraries(path):
    """Returns the names of the libraries that a library is linked with."""
    return re.findall(r"^ *NEEDED +(\S+)", _objdump("-p", path), re.MULTILINE)


def needed_glibc(path):
    """Returns the version of glibc that a library asks for, (2, 28); None: of none."""
    text = _objdump("-T", path)
    found = re.findall(r"\bGLIBC_(\d+)\.(\d+)", text)
    versions = [(int(major), int(minor)) for major, minor in found]
    return max(versions) if versions else None


def _objdump(option, path):
    return subprocess.check_output(["objdump", option, path]).decode("ascii", "replace")
