"""Images, whose pixels are in C."""

from PIL import Image

import holding

with holding.counted("ImagingCore"):
    IMAGES = [Image.new("RGB", (600, 500 + number), number) for number in range(20)]
holding.wait()
