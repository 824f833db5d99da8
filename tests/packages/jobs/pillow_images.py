"""Pillow: images in C, thumbnails of them, and their files."""

import io

from PIL import Image, ImageFilter
import planted
import shown



def thumbnail(image):
    small = image.filter(ImageFilter.GaussianBlur(2)).resize((400, 300))
    file = io.BytesIO()
    small.save(file, "PNG")
    return file.getvalue()


before = shown.in_malloc()
IMAGES = [Image.effect_noise((800, 600), 30 + n).convert("RGB") for n in range(10)]
held = shown.in_malloc() - before
FILES = {number + 1000: thumbnail(image) for number, image in enumerate(IMAGES)}
if Image.open(io.BytesIO(FILES[1000])).size != (400, 300):
    raise RuntimeError("expected a small image")
shown.show({"module::__main__ > dict::FILES": planted.size_of(FILES)},
           {"module::__main__ > list::IMAGES": held})
