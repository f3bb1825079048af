"""Trains everything: python -m speech.pronunciation.training --corpus DIR --whisper DIR --out DIR [--work DIR]

Needs the optional extra "training". Every stage keeps its result in --work, so that a broken run continues.
"""

from pathlib import Path

import torch

from speech.pronunciation.training import command, course


def main() -> None:
    """Parse the command line and run the course."""
    parser = command.parser("speech.pronunciation.training", __doc__)
    parser.add_argument("--out", type=Path, required=True, help="where the models go (speech/pronunciation/models)")
    parser.add_argument("--evidence", choices=("whisper", "sphinx"), default="whisper")
    parser.add_argument("--seeds", type=int, default=4, help="scorers that are averaged")
    options = parser.parse_args()
    torch.set_num_threads(1)
    course.run(course.Course(**vars(options)))


if __name__ == "__main__":
    main()
