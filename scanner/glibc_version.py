"""What a module asks of the C library, and the platform tag of a wheel with it.

A wheel tagged manylinux_2_N is for machines with glibc 2.N or later, and pip
(from 20.3 on) refuses it elsewhere: https://peps.python.org/pep-0600/.
Runs on Python 2.7 and 3.6 to 3.15.
"""

import platform
import re
import subprocess

# The oldest glibc that wheels were run on, Debian 11's: `./run test-wheels`.
RUN_ON = (2, 31)


def manylinux_platform(extension):
    """Returns the platform tag of a wheel with this extension module.

    Returns:
        manylinux_2_N_x86_64, where N is as old as what the wheel was run on and
        what it asks for allow; None where no wheel was run: on other
        architectures, and with another C library.
    Raises EnvironmentError and subprocess.CalledProcessError if objdump cannot
    read the module.
    """
    needed = needed_glibc(extension)
    if needed is None or platform.machine() != "x86_64":
        return None
    return "manylinux_{}_{}_x86_64".format(*max(needed, RUN_ON))


def needed_glibc(path):
    """Returns the version of glibc that a library asks for, (2, 28); None: of none."""
    text = subprocess.check_output(["objdump", "-T", path]).decode("ascii", "replace")
    found = re.findall(r"\bGLIBC_(\d+)\.(\d+)", text)
    versions = [(int(major), int(minor)) for major, minor in found]
    return max(versions) if versions else None
