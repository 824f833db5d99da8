"""What a module asks of the C library, and the platform tag of a wheel with it.

A wheel tagged manylinux_2_N is for machines with glibc 2.N or later, and pip
(from 20.3 on) refuses it elsewhere: https://peps.python.org/pep-0600/.
Runs on Python 2.7 and 3.6 to 3.15.
"""

import platform
import re
import subprocess
import sys

# The oldest glibc that wheels were run on, Debian 11's: `./run test-wheels`.
RUN_ON = (2, 31)
# The same on 64-bit ARM, by the Python: that of the Debian which has it: `./run test-aarch64`.
RUN_ON_ARM = {(3, 11): (2, 36)}


def manylinux_platform(extension):
    """Returns the platform tag of a wheel with this extension module.

    Returns:
        manylinux_2_N_x86_64 or _aarch64, where N is as old as what the wheel was
        run on and what it asks for allow; None where no wheel was run: on other
        architectures, with another C library, and on ARM with other Pythons.
    Raises EnvironmentError and subprocess.CalledProcessError if objdump cannot
    read the module.
    """
    machine = platform.machine()
    run_on = {"x86_64": RUN_ON, "aarch64": RUN_ON_ARM.get(sys.version_info[:2])}.get(machine)
    needed = needed_glibc(extension) if run_on else None
    if needed is None:
        return None
    return "manylinux_{}_{}_{}".format(*(max(needed, run_on) + (machine,)))


def needed_glibc(path):
    """Returns the version of glibc that a library asks for, (2, 28); None: of none."""
    text = subprocess.check_output(["objdump", "-T", path]).decode("ascii", "replace")
    found = re.findall(r"\bGLIBC_(\d+)\.(\d+)", text)
    versions = [(int(major), int(minor)) for major, minor in found]
    return max(versions) if versions else None
