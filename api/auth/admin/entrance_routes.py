"""The operations of administrators: who may come in."""

from api.auth.admin import schemas
from api.auth.admin.service import Administration, Letter
from api.auth.entrance import Doors, Entrance
from api.auth.links import Links
from api.auth.models import Link
from api.auth.routes import actor_of
from kit import errors, paging
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id, Paging

_TAG = "Administration"
_INVITATIONS = "/api/admin/invitations"
_SETTINGS = "/api/admin/entrance"


class EntranceRoutes:
    """`base` is PARLEY_PUBLIC_URL, or empty: links are paths then."""

    def __init__(self, administration: Administration, entrance: Entrance, links: Links, base: str) -> None:
        self._administration = administration
        self._entrance = entrance
        self._links = links
        self._base = base

    async def invitations(self, call: Call, query: Paging) -> schemas.JoinInvitationList:
        """Open invitations to this server. Their links cannot be shown again."""
        found = await self._links.invitations(paging.id_in(query.cursor), query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.JoinInvitationList(items=[_invitation(each) for each in shown], next_cursor=following)

    async def invite(self, call: Call, body: schemas.JoinInvitationRequest) -> schemas.JoinInvitationCreated:
        """Make a link with which somebody opens an account, once and within 14 days."""
        letter = Letter(body.language) if body.mail else None
        wanted = (body.email, body.full_name, body.plan)
        link, path = await self._administration.invite(*wanted, actor_of(call), letter=letter)
        shown = None if body.mail else f"{self._base}{path}"
        return schemas.JoinInvitationCreated(**dict(_invitation(link)), link=shown)

    async def withdraw(self, call: Call, invitation_id: Id) -> None:
        """Withdraw an invitation: its link opens nothing any more."""
        await self._administration.withdraw(invitation_id, actor_of(call))

    async def entrance(self, call: Call) -> schemas.EntranceSettings:
        """Who may open an account."""
        return _entrance(await self._entrance.doors())

    async def decide(self, call: Call, body: schemas.EntranceChangeRequest) -> schemas.EntranceSettings:
        """Open or close registration and the door for guests, on every node at once."""
        return _entrance(await self._entrance.decide(body.model_dump(exclude_unset=True), actor_of(call)))

    async def clear(self, call: Call, body: schemas.GuardClearRequest) -> schemas.GuardCleared:
        """Forget failed sign-ins of an account, of an address or of both, so that they may sign in at once."""
        if body.account is None and body.address is None:
            raise errors.invalid("A field is not valid.", [("/account", "name an account or an address")])
        forgotten = await self._administration.clear_guard(body.account, body.address, actor_of(call))
        return schemas.GuardCleared(forgotten=forgotten)

    def operations(self) -> list[Operation]:
        admin = Access.ADMIN
        return [
            Operation(
                "GET", _INVITATIONS, self.invitations, "List invitations to this server", _TAG, admin, added=True
            ),
            Operation(
                "POST",
                _INVITATIONS,
                self.invite,
                "Invite somebody by a link",
                _TAG,
                admin,
                status=201,
                errors=(409,),
                idempotent=True,
                added=True,
            ),
            Operation(
                "DELETE",
                f"{_INVITATIONS}/{{invitation_id}}",
                self.withdraw,
                "Withdraw an invitation to this server",
                _TAG,
                admin,
                status=204,
                errors=(404,),
                added=True,
            ),
            Operation("GET", _SETTINGS, self.entrance, "Who may open an account", _TAG, admin, added=True),
            Operation("PATCH", _SETTINGS, self.decide, "Decide who may open an account", _TAG, admin, added=True),
            Operation(
                "POST",
                "/api/admin/sign-in-guard/clear",
                self.clear,
                "Forget failed sign-ins",
                _TAG,
                admin,
                added=True,
            ),
        ]


def _entrance(doors: Doors) -> schemas.EntranceSettings:
    return schemas.EntranceSettings(
        registration=doors.registration, guests=doors.guests, guests_a_day=doors.guests_a_day
    )


def _invitation(link: Link) -> schemas.JoinInvitation:
    return schemas.JoinInvitation(
        id=link.id,
        email=link.email,
        full_name=link.full_name,
        plan=link.plan or "free",
        created_at=link.created_at,
        expires_at=link.expires_at,
    )
