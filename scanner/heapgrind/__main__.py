"""Entry point of `python -m heapgrind`."""

import sys


def main(arguments):
    """Hands over to the command.  Returns the exit status."""
    if arguments[:1] == ["attach"]:
        from heapgrind import _attach

        return _attach.main(arguments[1:])
    # A program that is run sees no module but these.
    from heapgrind import _run

    return _run.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
