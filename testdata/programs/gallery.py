"""A gallery that keeps all it has made, of which a dump tells who made what.

Run by `python -m heapgrind run --sites=10`, from Python 3.12 on.
"""

SHADES = bytes(range(256))
PICTURES = {}
PAGES = {}


def scale(width):
    """Makes a picture of that width, in shades of grey."""
    return SHADES * (width * width // 256)


def show_album(album):
    """Makes a page of small pictures."""
    for number in range(20):
        PICTURES[f"{album}/{number}/small"] = scale(160)
    PAGES[album] = "<img src=...>" * 10_000


def show_picture(album):
    """Makes a picture as large as a window."""
    PICTURES[f"{album}/0/large"] = scale(800)


def print_poster(album):
    """Makes a picture to be hung on a wall."""
    PICTURES[f"{album}/poster"] = SHADES * 15_000


def serve():
    """Serves some visitors."""
    for album in range(30):
        show_album(album)
        show_picture(album)
        if album % 10 == 0:
            print_poster(album)


serve()
