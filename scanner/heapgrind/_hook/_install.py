"""The command `python -m heapgrind hook`: heapgrind in programs that are started
as ever.

What it installs is a file `heapgrind.pth` of one line, which `site` runs in
every process of this interpreter.  The line looks for HEAPGRIND in the
environment; if that is not set, this is all it does.
"""

import json
import os
import site
import sys
import sysconfig

import heapgrind
from heapgrind import _dump_file, _hints, _hook, _printing
from heapgrind._hook import _settings

FILE = "heapgrind.pth"

HELP = """\
usage: python -m heapgrind hook install [--user] | remove | status

Lets the environment variable HEAPGRIND ask for dumps in every program that this
interpreter runs, without a change to the program:

  HEAPGRIND="signal=USR2,exit,limit>90%,every=10m,keep=5,out=/var/tmp/app-%p-%n.json.gz,fork"

  install   writes heapgrind.pth where this interpreter keeps packages, or, if
            that cannot be written or with --user, where it keeps the user's own
  remove    removes it from both
  status    says where it is, and what HEAPGRIND asks for; exits with 1 if it is
            nowhere
"""

# `site` runs lines that begin with `import`.  No error may leave this one, and
# no name stay.  From 3.12 on some subinterpreters cannot have the scanner; that
# of the process has it.
_LINE = 'import os; exec(%s if os.environ.get("HEAPGRIND") else "", {})\n'
_CODE = """\
import sys
try:
    try:
        import heapgrind._hook as hook
    except ImportError:
        sys.path.insert(0, %s)
        try:
            import heapgrind._hook as hook
        finally:
            del sys.path[0]
    hook.start_from_environment()
except Exception as error:
    if "subinterpreters" not in str(error): sys.stderr.write("heapgrind: the hook in %s cannot run: " + str(error) + "\\n")
"""


def main(arguments):
    """Does what the command line says.  Returns the exit status."""
    if arguments in (["-h"], ["--help"]):
        return _printing.print_text(HELP)
    action = _ACTIONS.get(tuple(arguments))
    if action is None:
        text = " ".join(arguments)
        got = "'{}'".format(text) if arguments else "nothing"
        got += _hints.did_you_mean(text, ("install", "install --user", "remove", "status"))
        sys.stderr.write(
            "heapgrind: expected install, remove or status after 'hook', "
            "got {}\n{}".format(got, HELP[: HELP.index("\n") + 1])
        )
        return 2
    try:
        return action()
    except EnvironmentError as error:
        sys.stderr.write(
            "heapgrind: cannot change '{}': {}\n".format(error.filename, error.strerror)
        )
        return 1


def install(for_user=False):
    """Writes the file.  Returns the exit status.  Raises OSError."""
    folders = user_folders() if for_user else shared_folders()
    writable = [x for x in folders if os.path.isdir(x) and os.access(x, os.W_OK)]
    if not writable:
        writable = user_folders()
    if not writable:
        sys.stderr.write("heapgrind: expected a folder for packages, found none\n")
        return 1
    if not os.path.isdir(writable[0]):
        os.makedirs(writable[0])
    path = os.path.join(writable[0], FILE)
    with _dump_file.Output(path) as pth:
        pth.write(line_of_file(path).encode("utf-8"))
        pth.commit()
    os.chmod(path, 0o644)  # All run the interpreter.
    return _printing.print_text("installed {}\n".format(path))


def remove():
    """Removes the files.  Returns the exit status.  Raises OSError."""
    paths = installed()
    for path in paths:
        os.unlink(path)
    lines = ["removed {}".format(path) for path in paths]
    return _print_lines(lines or ["not installed"])


def status():
    """Says what there is.  Returns the exit status."""
    paths = installed()
    lines = ["installed {}".format(path) for path in paths] or ["not installed"]
    text = os.environ.get(_hook.VARIABLE, "")
    try:
        _settings.parse(text)
    except _settings.SettingsError as error:
        lines.append("{}: {}".format(_hook.VARIABLE, error))
    else:
        lines.append("{}: {}".format(_hook.VARIABLE, text or "not set"))
    return _print_lines(lines) or (0 if paths else 1)


def _print_lines(lines):
    return _printing.print_text("".join(line + "\n" for line in lines))


def installed():
    """Returns the paths of the files that there are."""
    folders = shared_folders() + user_folders()
    paths = []
    for path in (os.path.join(folder, FILE) for folder in folders):
        # lib64 may be a link to lib: one file, of two names.
        if os.path.exists(path) and not any(os.path.samefile(path, x) for x in paths):
            paths.append(path)
    return paths


def shared_folders():
    """Returns where `site` looks for packages of all users, best first."""
    folders = list(getattr(site, "getsitepackages", list)())
    usual = sysconfig.get_path("purelib")
    if usual in folders or not folders:
        folders = [usual] + [folder for folder in folders if folder != usual]
    return folders


def user_folders():
    """Returns where `site` looks for packages of this user: one place or none."""
    is_used = getattr(site, "ENABLE_USER_SITE", None)
    return [site.getusersitepackages()] if is_used else []


def line_of_file(path):
    """Returns what stands in the file at `path`."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))
    code = _CODE % (json.dumps(package), json.dumps(path)[1:-1])
    return _LINE % json.dumps(code)


_ACTIONS = {
    ("install",): install,
    ("install", "--user"): lambda: install(for_user=True),
    ("remove",): remove,
    ("status",): status,
}
