"""Decodes the images whose paths come on standard input, one a line: PNG thumbnails of at most SIDE into OUT.

Prints a JSON object a line: {"path", "width", "height"} after turning, or {"path", "error"}.
"""

import json
import os
import sys

from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = 500_000_000
out, side = sys.argv[1], int(sys.argv[2])
for number, line in enumerate(sys.stdin):
    path = line.rstrip("\n")
    try:
        with Image.open(path) as image:
            turned = ImageOps.exif_transpose(image)
            thumbnail = turned.convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)
            thumbnail.save(os.path.join(out, f"{number}.png"))
            print(json.dumps({"path": path, "width": turned.width, "height": turned.height}), flush=True)
    except Exception as error:  # Whatever a decoder throws: the table tells it.
        print(json.dumps({"path": path, "error": str(error).split("\n")[0][:100]}), flush=True)
