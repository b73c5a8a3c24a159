"""From the corpora to the shipped weights: `python -m tagger.training --shared ../shared --out runs/ner`.

Steps: vocabulary, then the recipe's generations with the labels of their teachers, then export. Each leaves its result
in the folder and is not done again when it is there; a training takes up its last finished epoch. Needs kabar's `train`
extra.
"""

from __future__ import annotations

import argparse
import ctypes
import logging
import os
from pathlib import Path

from tagger.training.recipe import RECIPE

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # malloc.h


def keep_memory() -> None:
    """Keeps glibc from giving memory back to the system after every step: half of a step's time otherwise."""
    try:
        libc = ctypes.CDLL("libc.so.6")
    except OSError:
        return
    libc.mallopt(MMAP_THRESHOLD, 1 << 30)
    libc.mallopt(TRIM_THRESHOLD, 2**31 - 1)


def main() -> None:
    """Reads the command line and runs the steps."""
    parser = argparse.ArgumentParser(prog="python -m tagger.training", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/ner and corpora/raw")
    parser.add_argument("--out", type=Path, required=True, help="folder for what the steps leave; resumed if it exists")
    parser.add_argument("--ship", type=Path, help="model folder to write; default: OUT/model")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="default: all cores")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    keep_memory()
    import torch

    from tagger.training.steps import Workshop

    torch.set_num_threads(arguments.threads)
    shop = Workshop(arguments.shared / "corpora", arguments.out, RECIPE)
    shop.export(arguments.ship or arguments.out / "model")


if __name__ == "__main__":
    main()
