"""Writes a wheel: an archive of a Python package that pip installs.

The format: https://packaging.python.org/specifications/binary-distribution-format
Runs on Python 2.7 and 3.6 to 3.15.
"""

import base64
import collections
import hashlib
import os
import stat
import sys
import sysconfig
import zipfile

# The same bytes from the same sources, whenever they are built.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)

# A file's name in the wheel, the path of its content, whether it can be run.
WheelFile = collections.namedtuple("WheelFile", "name path is_executable")


def write_wheel(name, settings, source_dir, files, entry_points, out_dir, platform=None):
    """Writes the wheel of package `name` and returns its path.

    settings: the module build_settings, which says what the package is.
    platform: its platform tag; None: that of this machine.
    files: WheelFiles, in their order in the wheel.
    entry_points: the text of entry_points.txt, which says what others load of it.
    Raises EnvironmentError if a file cannot be read or written.
    """
    version = settings.version(source_dir)
    tag = wheel_tag(platform or own_platform())
    contents = [(one.name, read(one.path), one.is_executable) for one in files]
    info_dir = "{}-{}.dist-info".format(name, version)
    for info, text in (
        ("METADATA", metadata(name, version, settings)),
        ("WHEEL", wheel_metadata(tag)),
        ("entry_points.txt", entry_points),
    ):
        contents.append((info_dir + "/" + info, text.encode("utf-8"), False))
    record_name = info_dir + "/RECORD"
    record = "".join(record_line(entry, data) for entry, data, _ in contents)
    record += record_name + ",,\n"
    contents.append((record_name, record.encode("utf-8"), False))
    if not os.path.isdir(out_dir):
        os.makedirs(out_dir)
    file_name = "{}-{}-{}.whl".format(name, version, tag)
    path = os.path.join(os.path.abspath(out_dir), file_name)
    write_archive(path, contents)
    return path


def own_platform():
    """Returns the platform tag that says neither manylinux nor musllinux.

    The C library may have to be as new as this machine's.
    """
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


def wheel_tag(platform):
    """Returns the tag of a wheel for this version of Python and a platform."""
    major, minor = sys.version_info[:2]
    python = "cp{}{}".format(major, minor)
    if major == 2:
        wide = "mu" if sys.maxunicode > 0xFFFF else "m"
        abi = python + wide
    else:
        abi = python + getattr(sys, "abiflags", "")
    return "{}-{}-{}".format(python, abi, platform)


def metadata(name, version, settings):
    """Returns the text of METADATA."""
    return (
        "Metadata-Version: 2.1\n"
        "Name: {}\n"
        "Version: {}\n"
        "Summary: {}\n"
        "License: {}\n"
        "Requires-Python: {}\n"
    ).format(name, version, settings.SUMMARY, settings.LICENSE, settings.REQUIRES_PYTHON)


def wheel_metadata(tag):
    """Returns the text of WHEEL."""
    return (
        "Wheel-Version: 1.0\n"
        "Generator: heapgrind build_wheel.py\n"
        "Root-Is-Purelib: false\n"
        "Tag: {}\n"
    ).format(tag)


def record_line(name, data):
    """Returns the line of RECORD for one file."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    text = digest.decode("ascii").rstrip("=")
    return "{},sha256={},{}\n".format(name, text, len(data))


def read(path):
    """Returns a file's bytes."""
    with open(path, "rb") as source:
        return source.read()


def write_archive(path, contents):
    """Writes (name, bytes, whether it can be run) of each file to an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, is_executable in contents:
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            mode = stat.S_IFREG | (0o755 if is_executable else 0o644)
            entry.external_attr = mode << 16
            archive.writestr(entry, data)
