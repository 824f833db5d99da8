"""What commands print on stdout."""

import errno
import os
import sys


def print_text(text):
    """Prints a text.  Returns the exit status.

    That nobody reads any more (`| head`) is no error, and not a word is said.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except EnvironmentError as error:
        # Python would try once more when it ends, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            return 0
        sys.stderr.write("heapgrind: cannot print: {}\n".format(error.strerror))
        return 1
    return 0
