"""`run.py check`: what should be green before a commit."""

import argparse

from server.cli import testing


def main(arguments: argparse.Namespace) -> int:
    return testing.check(whole=arguments.all)
