"""What the commands of the training have in common."""

import argparse
from pathlib import Path

VERSION = "1.3.0"
"""Of the scorer that is trained, if the command line names no other."""


def parser(name: str, about: str | None) -> argparse.ArgumentParser:
    """With the options `--corpus`, `--whisper`, `--work` and `--version`; `name` is that of the module."""
    made = argparse.ArgumentParser(prog=name, description=about)
    made.add_argument("--corpus", type=Path, required=True, help="folder with labels.jsonl, or speechocean762 itself")
    made.add_argument("--whisper", type=Path, required=True, help="CTranslate2 folder of Whisper base")
    made.add_argument("--work", type=Path, default=Path("build/pronunciation"), help="frames and checkpoints are kept")
    made.add_argument("--version", default=VERSION)
    return made
