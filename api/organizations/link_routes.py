"""The operations of invitations by link. The secret travels in bodies only, so that no log has it."""

from typing import Any

from api.organizations import schemas
from api.organizations.links import InvitationLinks
from api.organizations.models import InvitationLink
from api.organizations.render import asking, member
from api.organizations.rules import Standing
from kit import paging
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id, Paging

_TAG = "Organizations"
_SENT = "/api/organizations/{org_id}/invitation-links"
_OPENED = "/api/invitation-links"


class InvitationLinkRoutes:
    """The operations of invitation links."""

    def __init__(self, links: InvitationLinks) -> None:
        self._links = links

    async def listing(self, call: Call, org_id: Id, query: Paging) -> schemas.InvitationLinkList:
        """Open links of the organization, for members who may invite; without the links themselves."""
        before = paging.id_in(query.cursor)
        found = await self._links.page(call.caller, org_id, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.InvitationLinkList(items=[_view(each) for each in shown], next_cursor=following)

    async def make(self, call: Call, org_id: Id, body: schemas.InvitationLinkRequest) -> schemas.InvitationLinkResponse:
        """Make a link with which any number of people become members. Its token is shown once: only a hash is kept.
        For a page of your own, or as `/#/join/{token}`. Team managers make links to their own team."""
        made, secret = await self._links.make(asking(call), org_id, Standing(body.role, body.team), body.days)
        return _view(made, secret)

    async def revoke(self, call: Call, org_id: Id, link_id: Id) -> None:
        """Revoke a link. Those who came by it stay members."""
        await self._links.revoke(asking(call), org_id, link_id)

    async def look(self, call: Call, body: schemas.InvitationLinkToken) -> schemas.OpenedLinkResponse:
        """What a link offers. Owners and admins of an organization see its members' names, may watch their live
        sessions, and see of plain members how much they practise, their level, weak sounds, their answers to work
        that was given to them and its results; team managers those of their team."""
        found, belongs = await self._links.look(call.caller.user_id, body.token)
        return schemas.OpenedLinkResponse(
            organization_id=found.organization_id,
            organization_name=found.organization_name,
            role=found.role,
            team=found.team,
            invited_by=found.inviter,
            expires_at=found.expires_at,
            is_member=belongs,
        )

    async def accept(self, call: Call, body: schemas.InvitationLinkToken) -> schemas.MemberResponse:
        """Become a member by a link."""
        return member(await self._links.accept(asking(call), body.token))

    def operations(self) -> list[Operation]:
        read: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:read", "added": True}
        write: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:write", "added": True}
        own: dict[str, Any] = {"access": Access.BEARER, "added": True}
        return [
            Operation("GET", _SENT, self.listing, "List open invitation links", _TAG, **read),
            Operation(
                "POST",
                _SENT,
                self.make,
                "Make an invitation link",
                _TAG,
                **write,
                status=201,
                errors=(409,),
                idempotent=True,
            ),
            Operation(
                "DELETE", f"{_SENT}/{{link_id}}", self.revoke, "Revoke an invitation link", _TAG, **write, status=204
            ),
            Operation("POST", f"{_OPENED}/look", self.look, "Look at an invitation link", _TAG, **own, errors=(404,)),
            Operation(
                "POST",
                f"{_OPENED}/accept",
                self.accept,
                "Accept an invitation link",
                _TAG,
                **own,
                errors=(404, 409),
                idempotent=True,
            ),
        ]


def _view(link: InvitationLink, secret: str | None = None) -> schemas.InvitationLinkResponse:
    return schemas.InvitationLinkResponse(
        id=link.id,
        role=link.role,
        team=link.team,
        invited_by=link.inviter,
        created_at=link.created_at,
        expires_at=link.expires_at,
        used=link.used,
        token=secret,
    )
