"""Entry point of `python -m heapgrind`."""

import sys


def main(arguments):
    """Hands over to the command.  Returns the exit status."""
    if arguments[:1] != ["run"]:
        from heapgrind import _commands

        return _commands.main(arguments)
    from heapgrind import _fresh

    _fresh.start_again(arguments)
    from heapgrind import _run

    return _run.main(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
