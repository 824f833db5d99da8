"""Entry point of `python -m heapgrind`."""

import sys

from heapgrind._run import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
