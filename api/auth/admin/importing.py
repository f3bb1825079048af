"""Opening accounts for a whole list of people: all of them, or none."""

from dataclasses import dataclass

from pydantic import ValidationError

from api.auth.admin import roll, store
from api.auth.admin.models import Wanted
from api.auth.admin.roll import Line
from api.auth.admin.schemas import ImportedPerson
from api.auth.admin.service import Administration, Opened, insist_administrator
from api.auth.models import UNSET_PASSWORD
from kit.audit import Actor
from kit.database import Connection, Database
from kit.errors import Failure, Kind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line: an account, a fault, or neither, because of other lines."""

    line: int
    email: str | None
    opened: Opened | None = None
    fault: str | None = None


class _Undone(Exception):
    """Ends the transaction: one of the lines cannot be opened."""


class Importing:
    """Opens many accounts at once, or none."""

    def __init__(self, database: Database, administration: Administration) -> None:
        self._database = database
        self._administration = administration

    async def run(self, text: str, *, dry_run: bool, actor: Actor) -> list[Outcome]:
        """One outcome for each line of the file. Nothing is opened when one is faulty."""
        read = [_checked(line) for line in roll.read(text)]
        try:
            async with self._database.transaction() as tx:
                await insist_administrator(tx, actor)
                outcomes = await self._without_clashes(tx, read)
                if dry_run or any(outcome.fault for outcome, _ in outcomes):
                    return [outcome for outcome, _ in outcomes]
                return [await self._open(tx, outcome, who, actor) for outcome, who in outcomes if who is not None]
        except _Undone as undone:  # another process took a name meanwhile
            fault = undone.args[0]
            return [fault if outcome.line == fault.line else outcome for outcome, _ in outcomes]

    async def _open(self, tx: Connection, outcome: Outcome, who: Wanted, actor: Actor) -> Outcome:
        try:
            opened = await self._administration.add(tx, who, UNSET_PASSWORD, actor)
        except Failure as failure:
            if failure.kind is not Kind.CONFLICT:
                raise
            raise _Undone(Outcome(outcome.line, outcome.email, fault=failure.message)) from failure
        return Outcome(outcome.line, outcome.email, opened)

    async def _without_clashes(
        self, tx: Connection, read: list[tuple[Outcome, Wanted | None]]
    ) -> list[tuple[Outcome, Wanted | None]]:
        """Lines that name somebody who has an account, or whom an earlier line names, are faulty."""
        wanted = [who for _, who in read if who is not None]
        emails = [who.email.lower() for who in wanted]
        seen = await store.taken(tx, emails, [who.username for who in wanted if who.username])
        known, checked = frozenset(seen), list[tuple[Outcome, Wanted | None]]()
        for outcome, who in read:
            fault = None
            for column, value in (("email", who.email.lower()), ("username", who.username)) if who else ():
                if value in seen:
                    fault = f"{column}: {'an account has it' if value in known else 'another line has it'}"
                elif value is not None:
                    seen.add(value)
            checked.append((Outcome(outcome.line, outcome.email, fault=fault), None) if fault else (outcome, who))
        return checked


def _checked(line: Line) -> tuple[Outcome, Wanted | None]:
    email = line.fields.get("email")
    shown = email[:254] if email is not None else None
    if line.fault is not None:
        return Outcome(line.number, shown, fault=line.fault), None
    try:
        found = ImportedPerson.model_validate(line.fields)
    except ValidationError as error:
        faults = [f"{one['loc'][0]}: {one['msg'].removeprefix('Value error, ')}" for one in error.errors()]
        return Outcome(line.number, shown, fault="; ".join(faults)), None
    return Outcome(line.number, found.email), Wanted(**dict(found))
