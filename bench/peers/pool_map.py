"""Pillow with Pool.map of a thumbnail function over the files of a folder: IN OUT SIZE [PROCESSES]."""

import os
import sys
from multiprocessing import Pool

from PIL import Image

SIZE = tuple(int(side) for side in sys.argv[3].split("x"))


def make_thumbnail(name):
    image = Image.open(os.path.join(sys.argv[1], name))
    image.thumbnail(SIZE)
    image.save(os.path.join(sys.argv[2], name))


if __name__ == "__main__":
    names = [name for name in os.listdir(sys.argv[1]) if not name.startswith(".")]
    os.makedirs(sys.argv[2], exist_ok=True)
    # Without a number: a process for each core.
    with Pool(int(sys.argv[4]) if len(sys.argv) > 4 else None) as pool:
        pool.map(make_thumbnail, names)
