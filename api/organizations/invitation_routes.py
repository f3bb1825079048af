"""The operations of invitations: for those who send them, and for those who answer."""

import asyncio
from typing import Any

from api.organizations import pasting, schemas
from api.organizations.invitations import Invitations, Outcome
from api.organizations.models import Invitation
from api.organizations.render import asking, member
from kit import errors, paging
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id, Paging

_TAG = "Organizations"
_SENT = "/api/organizations/{org_id}/invitations"
_MINE = "/api/invitations"


class InvitationRoutes:
    """The operations of invitations."""

    def __init__(self, invitations: Invitations) -> None:
        self._invitations = invitations

    async def sent(self, call: Call, org_id: Id, query: Paging) -> schemas.InvitationList:
        """Open invitations of the organization, for members who may send them. A declined one stays until it runs out,
        so that the list does not reveal whether there is such an account."""
        before = paging.id_in(query.cursor)
        found = await self._invitations.listing(call.caller, org_id, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.InvitationList(items=[_sent(each) for each in shown], next_cursor=following)

    async def withdraw(self, call: Call, org_id: Id, invitation_id: Id) -> None:
        """Withdraw an invitation."""
        await self._invitations.withdraw(asking(call), org_id, invitation_id)

    async def import_people(
        self, call: Call, org_id: Id, body: schemas.InvitationImportRequest
    ) -> schemas.InvitationImportResponse:
        """Invite many people at once as learners, each as by adding a member: who has an account sees the invitation.
        A line that cannot be used is named and changes nothing for the others. For those without an account make an
        invitation link. Team managers invite to their own team."""
        people = await asyncio.to_thread(pasting.read, body.people)
        if len(people) > pasting.MOST_PEOPLE:
            raise errors.invalid(f"At most {pasting.MOST_PEOPLE} people at once.", [("/people", "has too many")])
        team, found = await self._invitations.add_all(asking(call), org_id, people, body.team)
        return schemas.InvitationImportResponse(team=team, people=[_outcome(each) for each in found])

    async def mine(self, call: Call, query: Paging) -> schemas.MyInvitationList:
        """Organizations that ask the caller to become a member. Owners and admins of an organization see its members'
        names, may watch their live sessions, and see of plain members how much they practise, their level, weak sounds
        their answers to work that was given to them and its results; team managers those of their team."""
        before = paging.id_in(query.cursor)
        found = await self._invitations.mine(call.caller.user_id, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        items = [schemas.MyInvitationResponse.model_validate(_fields(each)) for each in shown]
        return schemas.MyInvitationList(items=items, next_cursor=following)

    async def accept(self, call: Call, invitation_id: Id) -> schemas.MemberResponse:
        """Become a member; with `moves_from` in place of the membership there."""
        return member(await self._invitations.accept(asking(call), invitation_id))

    async def decline(self, call: Call, invitation_id: Id) -> None:
        """Decline. The organization is not told, and its further invitations are not shown for as long as this one
        would have run."""
        await self._invitations.decline(asking(call), invitation_id)

    def operations(self) -> list[Operation]:
        read: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:read", "added": True}
        write: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:write", "added": True}
        own: dict[str, Any] = {"access": Access.BEARER, "added": True}
        return [
            Operation("GET", _SENT, self.sent, "List open invitations", _TAG, **read),
            Operation(
                "POST",
                f"{_SENT}/import",
                self.import_people,
                "Invite a list of people",
                _TAG,
                **write,
                rate="heavy",
                idempotent=True,
            ),
            Operation(
                "DELETE",
                f"{_SENT}/{{invitation_id}}",
                self.withdraw,
                "Withdraw an invitation",
                _TAG,
                **write,
                status=204,
            ),
            Operation("GET", _MINE, self.mine, "List my invitations", _TAG, **own),
            Operation(
                "POST",
                f"{_MINE}/{{invitation_id}}/accept",
                self.accept,
                "Accept an invitation",
                _TAG,
                **own,
                errors=(404, 409),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{_MINE}/{{invitation_id}}/decline",
                self.decline,
                "Decline an invitation",
                _TAG,
                **own,
                status=204,
                errors=(404, 409),
            ),
        ]


def _sent(each: Invitation) -> schemas.InvitationResponse:
    return schemas.InvitationResponse(
        id=each.id,
        user=each.addressee,
        role=each.role,
        team=each.team,
        invited_by=each.inviter,
        created_at=each.created_at,
        expires_at=each.expires_at,
    )


def _outcome(each: Outcome) -> schemas.InvitedPersonResponse:
    who = each.who
    return schemas.InvitedPersonResponse(
        line=who.line, name=who.name, email=who.email, result=each.result, message=who.fault
    )


def _fields(each: Invitation) -> dict[str, Any]:
    return {
        "id": each.id,
        "organization_id": each.organization_id,
        "organization_name": each.organization_name,
        "organization_slug": each.organization_slug,
        "role": each.role,
        "team": each.team,
        "moves_from": each.moves_from,
        "invited_by": each.inviter,
        "created_at": each.created_at,
        "expires_at": each.expires_at,
    }
