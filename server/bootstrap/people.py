"""The command line of `run.py admin`. Standard library only: it is read before the environment exists."""

from __future__ import annotations

import argparse

from server.bootstrap import options

_WHO = "id, e-mail address or user name; or an organization's name for its learner"


def add(commands: options.Subparsers) -> None:
    """The command and its actions; `commands` are the subparsers of run.py."""
    about = "Administer people: the same that administrators do at /api/admin. Also while the server runs."
    admin = commands.add_parser("admin", help="administer people", description=about)
    actions = admin.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, about in (("grant", "make a user an administrator"), ("revoke", "make an administrator a user")):
        _action(actions, name, about).add_argument("email")
    listing = _action(actions, "list", "list people, or those who match")
    listing.add_argument("search", nargs="?", help="part of an address or a name")
    for name, about in (
        ("create", "open an account and print the link that sets its password"),
        ("invite", "print a link with which somebody opens an account"),
    ):
        one = _action(actions, name, about)
        one.add_argument("email", nargs=None if name == "create" else "?")
        one.add_argument("--name", help="full name")
        one.add_argument("--plan", choices=("free", "plus", "pro"), default="free")
    bring = _action(actions, "import", "open accounts for everybody in a CSV file, or for nobody")
    bring.add_argument("file", help="its first line names the columns: email, username, full_name, plan, …")
    bring.add_argument("--dry-run", action="store_true", help="only say what would happen")
    for name, about in (
        ("reset", "print a link that sets a new password"),
        ("disable", "close an account at every door, and end what is open"),
        ("enable", "open a disabled account again"),
        ("erase", "delete an account and everything that is theirs"),
    ):
        one = _action(actions, name, about)
        one.add_argument("who", help=_WHO)
        if name == "erase":
            one.add_argument("--yes", action="store_true", help="do it; it cannot be undone")
    plan = _action(actions, "plan", "set somebody's plan")
    plan.add_argument("who", help=_WHO)
    plan.add_argument("plan", choices=("free", "plus", "pro"))
    export = _action(actions, "export", "write everything of a person into a ZIP file")
    export.add_argument("who", help=_WHO)
    export.add_argument("file")
    _add_entrance(actions)


def _add_entrance(actions: options.Subparsers) -> None:
    for name, about in (("registration", "who may open an account"), ("guests", "whether guests are taken")):
        one = _action(actions, name, about)
        one.add_argument("state", choices=("open", "closed", "default"), help="default: as the settings say")
        if name == "guests":
            one.add_argument("--a-day", type=int, help="from one address in 24 hours")
    unlock = _action(actions, "unlock", "forget failed sign-ins")
    unlock.add_argument("--account", help="id, e-mail address or user name")
    unlock.add_argument("--address", help="an IP address")


def _action(actions: options.Subparsers, name: str, about: str) -> argparse.ArgumentParser:
    one = actions.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    options.add_folder(one)
    return one
