"""Compilers that compile the same only once, for tests that build the scanner again."""

import os
import tempfile

# Any other call than build_wheel.py's `-c SOURCE -o OBJECT`, at the end, goes through.
SCRIPT = u"""\
#!/bin/sh
case " $* " in *" -c "*" -o "*) ;; *) exec {compiler} "$@" ;; esac
for target; do :; done
kept="{folder}/$(printf '%s\\n' "{compiler}" "$@" | sed '$d' | sha256sum | cut -d ' ' -f 1)"
if [ ! -e "$kept" ]; then
  {compiler} "$@" || exit
  cp "$target" "$kept.$$" && exec mv "$kept.$$" "$kept"
fi
exec cp "$kept" "$target"
"""


def variables(folder):
    """Makes the compilers in a folder, which must be there, and keeps there what they make.

    No source may change as long as the folder is used.  Compilers that are there are used.

    Returns:
        The variables of the environment by which build_wheel.py finds them.
    """
    made = {}
    for variable, usual in (("CC", "gcc"), ("CXX", "g++")):
        path = os.path.join(folder, usual)
        made[variable] = path
        if os.path.exists(path):
            continue
        compiler = os.environ.get(variable, usual)  # May be of another such folder.
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as script:
            script.write(SCRIPT.format(folder=folder, compiler=compiler).encode("utf-8"))
        os.chmod(script.name, 0o755)
        os.rename(script.name, path)
    return made
