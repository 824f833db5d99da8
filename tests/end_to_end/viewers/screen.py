"""Finds things to drag in KCachegrind's window, by their colours.

Facts about the colours: Qt 5.15, style Fusion, as KCachegrind has it without a desktop's theme.
"""

# A border between two columns is a dark line in their header, which is shaded from above to
# below; left of it is a line a little lighter than the header.
_DARKER = range(0x24, 0x29)
_LIGHTER = range(1, 3)
_GAP = 12  # Pixels between two parts of the window, at least.
_HEADER_HEIGHT = 10  # Pixels, at least.


class Screen:
    """What was seen on the screen, once.

    Args:
        pixels: Red, green and blue of each pixel, row by row.
        width: Pixels in a row.
    """

    def __init__(self, pixels, width):
        self._pixels = pixels
        self._width = width
        self._height = len(pixels) // (3 * width)

    def _colour(self, x, y):
        start = (y * self._width + x) * 3
        return tuple(self._pixels[start : start + 3])

    def gap_right_of_list(self, y):
        """Returns the middle of the first gap in row y, as wide as between parts of the window.

        Raises:
            RuntimeError: There is none.
        """
        background, length = self._colour(0, y), 0
        for x in range(self._width):
            length = length + 1 if self._colour(x, y) == background else 0
            if length == _GAP:
                return x - _GAP // 2
        raise RuntimeError(f"expected a gap in row {y} of the screen, got none")

    def last_column_border(self, width):
        """Returns (x, y) of the right edge of the last but one column of the lowest list.

        Args:
            width: How much of the screen, from the left, has lists.

        Raises:
            RuntimeError: There is no list with a header there.
        """
        for y in reversed(range(_HEADER_HEIGHT, self._height)):
            for x in reversed(range(1, width)):
                if all(self._is_border(x, above) for above in range(y - _HEADER_HEIGHT, y)):
                    return x, y - _HEADER_HEIGHT // 2
        raise RuntimeError("expected a list with a header on the screen, got none")

    def _is_border(self, x, y):
        light, dark, header = (self._colour(x + step, y) for step in (-1, 0, 1))
        return (len({*light}) == len({*dark}) == len({*header}) == 1
                and header[0] - dark[0] in _DARKER and light[0] - header[0] in _LIGHTER)
