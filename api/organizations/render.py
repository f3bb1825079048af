"""What the routes of this slice share: the caller, and members on the wire."""

from api.organizations import schemas
from api.organizations.membership import Asking
from api.organizations.models import Invitation, Member
from kit.audit import Actor
from kit.http.operation import Call


def asking(call: Call) -> Asking:
    """The caller and the request."""
    return Asking(call.caller, Actor(call.caller.user_id, call.address, call.request_id))


def member(found: Member, asked: Invitation | None = None) -> schemas.MemberResponse:
    """With `asked` they are invited to move, and stay what they are until they accept."""
    return schemas.MemberResponse(
        user_id=found.user_id,
        username=found.username,
        full_name=found.full_name,
        role=found.role,
        team=found.team,
        joined_at=found.joined_at,
        status="member" if asked is None else "invited",
        invitation_id=asked.id if asked else None,
    )


def invited(asked: Invitation) -> schemas.MemberResponse:
    """The same answer whether there is such an account or not."""
    return schemas.MemberResponse(
        user_id=None,
        username=None,
        full_name=None,
        role=asked.role,
        team=asked.team,
        joined_at=None,
        status="invited",
        invitation_id=asked.id,
    )
