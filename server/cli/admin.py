"""`run.py admin …`: what administrators do, for the operator. Only here is the role of an administrator given."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from api.auth.admin.models import Person, Wanted
from api.auth.models import Role
from api.auth.roles import Roles
from kit import emails
from kit.audit import Actor
from kit.errors import Failure, Kind
from server import compose, resources
from server.bootstrap import terminal
from server.bootstrap.terminal import Stop
from server.cli import servers
from server.cli import settings as configuration
from server.config import Settings
from server.embedded.stack import Endpoints
from server.resources import Resources
from server.wiring.people import People

_OPERATOR = Actor(None)
_ROLES: dict[str, Role] = {"grant": "admin", "revoke": "user"}
_STATES = {"open": True, "closed": False, "default": None}


def main(arguments: argparse.Namespace) -> int:
    """`run.py admin`: carry out one action on people."""
    settings = configuration.read(arguments)
    servers.expect_data(settings)
    with servers.opened(settings, terminal.say, share=True) as started:
        try:
            said = asyncio.run(carry_out(arguments, settings, started.endpoints))
        except Failure as failure:
            if failure.kind is Kind.NOT_FOUND:
                name = getattr(arguments, "who", None) or getattr(arguments, "email", None)
                raise Stop(f"Nobody is registered as {name}.") from failure
            raise Stop(failure.message) from failure
    print(said)
    return 0


async def carry_out(arguments: argparse.Namespace, settings: Settings, endpoints: Endpoints) -> str:
    """What to say about it. Stop or Failure when it cannot be done."""
    await servers.prepare(endpoints, terminal.say)
    async with resources.opened(settings, database_url=endpoints.database_url, redis_url=endpoints.redis_url) as opened:
        if arguments.action in _ROLES:
            return await _set_role(opened, arguments.email, _ROLES[arguments.action])
        return await _ACTIONS[arguments.action](compose.compose(opened).people, arguments, _base(settings))


def _base(settings: Settings) -> str:
    """The address before the path of a link."""
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")


async def _set_role(r: Resources, email: str, role: Role) -> str:
    await Roles(r.database, r.clock).set(email, role)
    return f"{email} now has the role “{role}”."


async def _list(people: People, arguments: argparse.Namespace, base: str) -> str:
    lines: list[str] = []
    before: str | None = None
    while page := await people.directory.listing(arguments.search, None, before, 100):
        lines += [_line(person) for person, _ in page]
        before = page[-1][0].id
    return "\n".join(lines) or "Nobody."


def _line(person: Person) -> str:
    marks: list[str] = [person.role] if person.role == "admin" else []
    marks += ["guest"] if person.is_guest else []
    marks += ["password"] if person.has_password else []
    marks += [one.issuer for one in person.identities]
    marks += ["disabled"] if person.disabled_at else []
    return f"{person.id}  {person.email}  {person.username}  {person.plan}  {' '.join(marks)}".rstrip()


async def _create(people: People, arguments: argparse.Namespace, base: str) -> str:
    who = Wanted(_address(arguments.email), None, arguments.name, arguments.plan)
    opened = await people.administration.create(who, None, _OPERATOR)
    return f"Hand this link over; it sets the first password, once:\n{base}{opened.path}"


async def _invite(people: People, arguments: argparse.Namespace, base: str) -> str:
    email = _address(arguments.email) if arguments.email else None
    link, path = await people.administration.invite(email, arguments.name, arguments.plan, _OPERATOR)
    return f"Hand this link over; it opens one account until {link.expires_at:%Y-%m-%d %H:%M} UTC:\n{base}{path}"


async def _import(people: People, arguments: argparse.Namespace, base: str) -> str:
    outcomes = await people.importing.run(_text(arguments.file), dry_run=arguments.dry_run, actor=_OPERATOR)
    for one in outcomes:
        if one.fault is not None or one.opened is None:
            print(f"{one.line}: {one.email or ''} {one.fault or 'ready'}")
        else:
            print(f"{one.line}: {one.email} {base}{one.opened.path}")
    if faulty := sum(one.fault is not None for one in outcomes):
        raise Stop(f"{faulty} {'line is' if faulty == 1 else 'lines are'} faulty, so no account was opened.")
    count = sum(one.opened is not None for one in outcomes)
    return f"{count} {'account was' if count == 1 else 'accounts were'} opened."


async def _reset(people: People, arguments: argparse.Namespace, base: str) -> str:
    link, path = await people.administration.reset(await people.directory.named(arguments.who), _OPERATOR)
    return f"Hand this link over; it sets a new password until {link.expires_at:%Y-%m-%d %H:%M} UTC:\n{base}{path}"


async def _plan(people: People, arguments: argparse.Namespace, base: str) -> str:
    await people.administration.set_plan(await people.directory.named(arguments.who), arguments.plan, _OPERATOR)
    return f"{arguments.who} now has the plan “{arguments.plan}”."


async def _disable(people: People, arguments: argparse.Namespace, base: str) -> str:
    await people.administration.disable(await people.directory.named(arguments.who), _OPERATOR)
    return f"{arguments.who} is disabled."


async def _enable(people: People, arguments: argparse.Namespace, base: str) -> str:
    await people.administration.enable(await people.directory.named(arguments.who), _OPERATOR)
    return f"{arguments.who} may sign in again."


async def _erase(people: People, arguments: argparse.Namespace, base: str) -> str:
    user_id = await people.directory.named(arguments.who)
    if not arguments.yes:
        raise Stop(f"Everything of {arguments.who} would be deleted for good. Add --yes to do it.")
    await people.administration.erase(user_id, _OPERATOR)
    return f"{arguments.who} and everything that was theirs is deleted."


async def _export(people: People, arguments: argparse.Namespace, base: str) -> str:
    path = _new(arguments.file)
    user_id = await people.directory.named(arguments.who)
    await people.administration.exporting(user_id, _OPERATOR)
    await people.exporting.write(user_id, path)
    return f"{path} has everything of {arguments.who}."


async def _decide(people: People, arguments: argparse.Namespace, base: str) -> str:
    changes: dict[str, object] = {arguments.action: _STATES[arguments.state]}
    if arguments.action == "guests":
        changes["guests_a_day"] = arguments.a_day
    doors = await people.entrance.decide(changes, _OPERATOR)
    most = "" if doors.guests_a_day is None else f", at most {doors.guests_a_day} a day from one address"
    return (
        f"Registration is {'open' if doors.registration else 'closed'}; "
        f"guests are {'taken' if doors.guests else 'not taken'}{most}."
    )


async def _unlock(people: People, arguments: argparse.Namespace, base: str) -> str:
    if arguments.account is None and arguments.address is None:
        raise Stop("Name an --account or an --address.")
    count = await people.administration.clear_guard(arguments.account, arguments.address, _OPERATOR)
    return "1 failed sign-in no longer counts." if count == 1 else f"{count} failed sign-ins no longer count."


def _text(file: str) -> str:
    try:
        return Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Stop(f"{file} is not in UTF-8: save it as “CSV UTF-8”.") from None
    except OSError as error:
        raise Stop(f"{file} cannot be read ({error.strerror or error}).") from error


def _new(file: str) -> Path:
    path = Path(file).expanduser().absolute()
    if path.exists():
        raise Stop(f"{path} exists already.")
    if not path.parent.is_dir():
        raise Stop(f"There is no folder {path.parent}.")
    return path


def _address(text: str) -> str:
    try:
        return emails.normal(text)
    except ValueError as error:
        raise Stop(f"{text} is {str(error).rstrip('.')}.") from None


_ACTIONS: dict[str, Callable[[People, argparse.Namespace, str], Awaitable[str]]] = {
    "list": _list,
    "create": _create,
    "invite": _invite,
    "import": _import,
    "reset": _reset,
    "plan": _plan,
    "disable": _disable,
    "enable": _enable,
    "erase": _erase,
    "export": _export,
    "registration": _decide,
    "guests": _decide,
    "unlock": _unlock,
}
