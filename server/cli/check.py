"""`run.py check`: what should be green before a commit."""

import argparse

from server.cli import testing


def main(arguments: argparse.Namespace) -> int:
    """`run.py check`: the quick checks, or with `--all` every test."""
    return testing.check(whole=arguments.all)
