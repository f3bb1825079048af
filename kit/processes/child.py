"""Where our own worker processes begin: `python -m kit.processes.child PARENT LIMITS MODULE ARGUMENT…`.

It ties itself to its parent and limits itself, and only then imports MODULE and calls its `main` with the arguments.
"""

import importlib
import json
import sys

from kit.processes import limits


def main(parent: str, limited: str, module: str, *arguments: str) -> None:
    """Tie this process to its parent, limit it, then run `main` of a module."""
    limits.tie(int(parent))
    limits.Limits(**json.loads(limited)).apply()
    importlib.import_module(module).main(*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
