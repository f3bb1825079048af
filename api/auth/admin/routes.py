"""The operations of administrators: people."""

from functools import partial

from api.auth.admin import schemas
from api.auth.admin.directory import Directory
from api.auth.admin.importing import Importing, Outcome
from api.auth.admin.models import Person, Subject, Wanted
from api.auth.admin.service import Administration, Opened
from api.auth.models import Link
from api.auth.routes import actor_of
from kit import paging
from kit.export import Exporting
from kit.http import documents
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id

_TAG = "Administration"
_PEOPLE = "/api/admin/people"
_ONE = f"{_PEOPLE}/{{user_id}}"


class PeopleRoutes:
    """`base` is PARLEY_PUBLIC_URL, or empty: links are paths then."""

    def __init__(
        self,
        directory: Directory,
        administration: Administration,
        importing: Importing,
        exporting: Exporting,
        base: str,
    ) -> None:
        self._directory = directory
        self._administration = administration
        self._importing = importing
        self._exporting = exporting
        self._base = base

    async def listing(self, call: Call, query: schemas.PeopleQuery) -> schemas.PersonList:
        """All accounts, guests and the learners of organizations' own sites included."""
        before = paging.id_in(query.cursor)
        found = await self._directory.listing(query.search, query.kind, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each[0].id))
        return schemas.PersonList(items=[_person(*each) for each in shown], next_cursor=following)

    async def person(self, call: Call, user_id: Id) -> schemas.PersonResponse:
        """One account."""
        return _person(*await self._directory.person(user_id))

    async def create(self, call: Call, body: schemas.PersonCreateRequest) -> schemas.PersonCreated:
        """Open an account for somebody, also while registration is closed."""
        fields = dict(body)
        password = fields.pop("password")
        opened = await self._administration.create(Wanted(**fields), password, actor_of(call))
        shown = _person(*await self._directory.person(opened.user_id))
        return schemas.PersonCreated(**dict(shown), set_password=self._first(opened))

    async def bring(self, call: Call, body: schemas.PeopleImportRequest) -> schemas.PeopleImportResponse:
        """Open accounts for everybody on a list, in one transaction: one faulty line, and none is opened."""
        outcomes = await self._importing.run(body.csv, dry_run=body.dry_run, actor=actor_of(call))
        return schemas.PeopleImportResponse(
            created=sum(outcome.opened is not None for outcome in outcomes),
            faulty=sum(outcome.fault is not None for outcome in outcomes),
            lines=[self._line(outcome) for outcome in outcomes],
        )

    async def change(self, call: Call, user_id: Id, body: schemas.PersonChangeRequest) -> schemas.PersonResponse:
        """Set the plan. Sessions that run keep the seconds that they began with."""
        await self._administration.set_plan(user_id, body.plan, actor_of(call))
        return _person(*await self._directory.person(user_id))

    async def reset(self, call: Call, user_id: Id) -> schemas.HandoverLink:
        """Make a link with which the owner sets a new password. Links that were handed over before
        end; the old password stays good until the new one is set, and then all sign-ins end."""
        link, path = await self._administration.reset(user_id, actor_of(call))
        return self._handover(link, path)

    async def disable(self, call: Call, user_id: Id) -> schemas.PersonResponse:
        """Close the account: its sign-ins, keys, tokens and links open nothing from now on, and open connections end
        within seconds. What it holds stays."""
        await self._administration.disable(user_id, actor_of(call))
        return _person(*await self._directory.person(user_id))

    async def enable(self, call: Call, user_id: Id) -> schemas.PersonResponse:
        """Open a disabled account again. Its owner signs in again; its API keys work as before."""
        await self._administration.enable(user_id, actor_of(call))
        return _person(*await self._directory.person(user_id))

    async def erase(self, call: Call, user_id: Id) -> None:
        """Delete the account and everything that is theirs. What organizations own stays. This cannot be undone."""
        await self._administration.erase(user_id, actor_of(call))

    async def export(self, call: Call, user_id: Id) -> documents.Stream:
        """Everything that erasing would delete, and what the trail says of them: a ZIP file with one JSON file for
        each table, and recordings and documents as files. Secrets are left out."""
        await self._administration.exporting(user_id, actor_of(call))
        found = partial(self._exporting.write, user_id)
        return await documents.made(call.http, found, "application/zip", f"parley-{user_id}.zip")

    def operations(self) -> list[Operation]:
        admin = Access.ADMIN
        return [
            Operation("GET", _PEOPLE, self.listing, "List people", _TAG, admin, added=True),
            Operation(
                "POST",
                _PEOPLE,
                self.create,
                "Open an account for somebody",
                _TAG,
                admin,
                status=201,
                errors=(409,),
                idempotent=True,
                added=True,
            ),
            Operation(
                "POST",
                f"{_PEOPLE}/import",
                self.bring,
                "Open accounts for a list of people",
                _TAG,
                admin,
                rate="heavy",
                idempotent=True,
                added=True,
            ),
            Operation("GET", _ONE, self.person, "Get a person", _TAG, admin, errors=(404,), added=True),
            Operation("PATCH", _ONE, self.change, "Set a person's plan", _TAG, admin, errors=(404,), added=True),
            Operation(
                "DELETE", _ONE, self.erase, "Erase a person", _TAG, admin, status=204, errors=(404, 409), added=True
            ),
            Operation(
                "POST",
                f"{_ONE}/reset",
                self.reset,
                "Make a link to set a new password",
                _TAG,
                admin,
                errors=(404, 409),
                added=True,
            ),
            Operation(
                "POST",
                f"{_ONE}/disable",
                self.disable,
                "Disable an account",
                _TAG,
                admin,
                errors=(404, 409),
                added=True,
            ),
            Operation(
                "POST", f"{_ONE}/enable", self.enable, "Enable an account", _TAG, admin, errors=(404,), added=True
            ),
            Operation(
                "GET",
                f"{_ONE}/export",
                self.export,
                "Export everything of a person",
                _TAG,
                admin,
                rate="heavy",
                produces=("application/zip",),
                errors=(404,),
                added=True,
            ),
        ]

    def _handover(self, link: Link, path: str) -> schemas.HandoverLink:
        return schemas.HandoverLink(link=f"{self._base}{path}", expires_at=link.expires_at)

    def _first(self, opened: Opened) -> schemas.HandoverLink | None:
        return self._handover(opened.link, opened.path) if opened.link and opened.path else None

    def _line(self, outcome: Outcome) -> schemas.ImportLine:
        result = "created" if outcome.opened else "faulty" if outcome.fault else "ready"
        return schemas.ImportLine(
            line=outcome.line,
            email=outcome.email,
            result=result,
            message=outcome.fault,
            person_id=outcome.opened.user_id if outcome.opened else None,
            set_password=self._first(outcome.opened) if outcome.opened else None,
        )


def _person(person: Person, subject: Subject | None) -> schemas.PersonResponse:
    embedded = None
    if subject is not None:
        embedded = schemas.PersonSubject(organization_id=subject.organization_id, subject=subject.name)
    return schemas.PersonResponse(
        id=person.id,
        email=person.email,
        username=person.username,
        full_name=person.full_name,
        role=person.role,
        plan=person.plan,
        created_at=person.created_at,
        last_seen_at=person.last_seen_at,
        disabled_at=person.disabled_at,
        email_verified_at=person.email_verified_at,
        is_guest=person.is_guest,
        has_password=person.has_password,
        identities=[schemas.PersonIdentity.model_validate(one, from_attributes=True) for one in person.identities],
        embedded=embedded,
    )
