"""Trains everything: python -m speech.pronunciation.training --corpus DIR --whisper DIR --out DIR [--work DIR]

Needs the optional extra "training". Every stage keeps its result in --work, so that a broken run continues.
"""

import argparse
from pathlib import Path

import torch

from speech.pronunciation.training import course

VERSION = "2.0.0"
"""Of the scorer that is trained, if the command line names no other."""


def main() -> None:
    """Parse the command line and run the course."""
    parser = argparse.ArgumentParser(prog="speech.pronunciation.training", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with labels.jsonl, or speechocean762 itself")
    parser.add_argument("--whisper", type=Path, required=True, help="CTranslate2 folder of Whisper base")
    parser.add_argument("--out", type=Path, required=True, help="where the models go (speech/pronunciation/models)")
    parser.add_argument(
        "--work", type=Path, default=Path("build/pronunciation"), help="frames and checkpoints are kept"
    )
    parser.add_argument("--version", default=VERSION)
    parser.add_argument("--evidence", choices=("whisper", "sphinx"), default="whisper")
    parser.add_argument("--seeds", type=int, default=4, help="scorers that are averaged")
    options = parser.parse_args()
    torch.set_num_threads(1)
    course.run(course.Course(**vars(options)))


if __name__ == "__main__":
    main()
