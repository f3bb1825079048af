"""The shapes of organizations on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.organizations.invitations import Result
from api.organizations.pasting import MOST_CHARACTERS, MOST_PEOPLE
from api.organizations.rules import Role
from kit.http.wire import Body, Id, Label, Page, View

Title = Annotated[str, StringConstraints(min_length=1, max_length=100), Label]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=2, max_length=60)]
Description = Annotated[str, StringConstraints(max_length=1000)]
Team = Annotated[str, StringConstraints(min_length=1, max_length=60), Label]

_ORGANIZATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_USER = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f10"
_INVITATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f60"
_WHEN = "2026-11-23T19:00:00Z"


class OrganizationCreateRequest(Body):
    name: Title = Field(description="What people call it.", examples=["Lingua School"])
    slug: Slug = Field(description="Unique; small letters, digits and single hyphens.", examples=["lingua-school"])
    description: Description | None = Field(None, description="A few words.", examples=["Evening classes."])


class OrganizationUpdateRequest(Body):
    """Only what is given changes."""

    name: Title = Field(default_factory=str, description="What people call it.", examples=["Lingua School"])
    slug: Slug = Field(default_factory=str, description="Unique.", examples=["lingua-school"])
    description: Description | None = Field(None, description="A few words; null clears.", examples=["Day classes."])


class OrganizationResponse(View):
    id: Id = Field(description="The organization.", examples=[_ORGANIZATION])
    name: str = Field(description="What people call it.", examples=["Lingua School"])
    slug: str = Field(description="Its unique short name.", examples=["lingua-school"])
    description: str | None = Field(description="A few words.", examples=["Evening classes."])
    role: Role = Field(description="What the caller is in it.", examples=["owner"])
    members: int = Field(description="The number of members.", examples=[12])
    created_at: datetime = Field(description="When it was made.", examples=[_WHEN])


class OrganizationList(Page[OrganizationResponse]):
    """The caller's organizations, the newest first."""


class MemberAddRequest(Body):
    user: str = Field(
        min_length=1, max_length=254, description="Id, e-mail address or user name.", examples=["ana@example.com"]
    )
    role: Role = Field("member", description="Not above the caller's own.", examples=["member"])
    team: Team | None = Field(None, description="The team, if any.", examples=["Beginners"])


class MemberRoleRequest(Body):
    role: Role = Field(description="Not above the caller's own.", examples=["team_manager"])


class MemberUpdateRequest(Body):
    role: Role = Field(description="Not above the caller's own.", examples=["member"])
    team: Team | None = Field(description="The team, or null for none.", examples=["Beginners"])
    organization_id: Id = Field(description="Another organization moves the member.", examples=[_ORGANIZATION])


class MemberResponse(View):
    """A member, or an invited person: then the answer does not reveal whether there is such an account."""

    user_id: Id | None = Field(description="The account; null while invited.", examples=[_USER])
    username: str | None = Field(description="Its public name; null while invited.", examples=["ana_92"])
    full_name: str | None = Field(description="As the member wants to be called.", examples=["Ana Souza"])
    role: Role = Field(description="The role in the organization.", examples=["member"])
    team: str | None = Field(description="The team, if any.", examples=["Beginners"])
    joined_at: datetime | None = Field(description="When the membership began; null while invited.", examples=[_WHEN])
    status: Literal["member", "invited"] = Field(
        "member", description="Whether consent is awaited.", examples=["member"]
    )
    invitation_id: Id | None = Field(None, description="The invitation that awaits it.", examples=[_INVITATION])


class MemberList(Page[MemberResponse]):
    """Members in the order in which they joined."""


class InvitationResponse(View):
    """An invitation as its senders see it."""

    id: Id = Field(description="The invitation.", examples=[_INVITATION])
    user: str = Field(description="The invited person, as the inviter wrote it.", examples=["ana@example.com"])
    role: Role = Field(description="The role that is offered.", examples=["member"])
    team: str | None = Field(description="The team, if any.", examples=["Beginners"])
    status: Literal["invited"] = Field("invited", description="Accepted ones are members.", examples=["invited"])
    invited_by: str = Field(description="User name of the inviter.", examples=["head_of_school"])
    created_at: datetime = Field(description="When it was sent.", examples=[_WHEN])
    expires_at: datetime = Field(description="When it runs out.", examples=[_WHEN])


class InvitationList(Page[InvitationResponse]):
    """Open invitations, the newest first."""


class InvitationImportRequest(Body):
    people: str = Field(
        min_length=1,
        max_length=MOST_CHARACTERS,
        description=f"Lines with an address and, before or behind it, a name; at most {MOST_PEOPLE} people.",
        examples=["Ana Souza, ana@example.com\nben@example.com"],
    )
    team: Team | None = Field(
        None, description="The team; null for none, or for a team manager's own.", examples=["Beginners"]
    )


class InvitedPersonResponse(View):
    """What became of a person of the list."""

    line: int = Field(description="The line, from 1.", examples=[1])
    name: str | None = Field(description="The name in it, if any; it is not kept.", examples=["Ana Souza"])
    email: str | None = Field(description="The address in it, if any.", examples=["ana@example.com"])
    result: Result = Field(
        description="`invited` is said whether there is such an account or not; `added` are learners of the "
        "organization's own site; the others changed nothing.",
        examples=["invited"],
    )
    message: str | None = Field(description="Why a line is `faulty`; null otherwise.", examples=[None])


class InvitationImportResponse(View):
    team: str | None = Field(description="The team that they are asked to join.", examples=["Beginners"])
    people: list[InvitedPersonResponse] = Field(description="In the order of the lines.")


class MyInvitationResponse(View):
    """An invitation as the invited person sees it."""

    id: Id = Field(description="The invitation.", examples=[_INVITATION])
    organization_id: Id = Field(description="Who asks.", examples=[_ORGANIZATION])
    organization_name: str = Field(description="What people call it.", examples=["Lingua School"])
    organization_slug: str = Field(description="Its unique short name.", examples=["lingua-school"])
    role: Role = Field(description="The role that is offered.", examples=["member"])
    team: str | None = Field(description="The team, if any.", examples=["Beginners"])
    moves_from: Id | None = Field(description="The organization that accepting it leaves.", examples=[_ORGANIZATION])
    invited_by: str = Field(description="User name of the inviter.", examples=["head_of_school"])
    created_at: datetime = Field(description="When it was sent.", examples=[_WHEN])
    expires_at: datetime = Field(description="When it runs out.", examples=[_WHEN])


class MyInvitationList(Page[MyInvitationResponse]):
    """Invitations that wait for an answer, the newest first."""


class InvitationLinkRequest(Body):
    role: Literal["team_manager", "member"] = Field("member", description="What they become.", examples=["member"])
    team: Team | None = Field(None, description="The team, if any.", examples=["Beginners"])
    days: int = Field(14, ge=1, le=90, description="How long it is good for.", examples=[14])


class InvitationLinkResponse(View):
    id: Id = Field(description="The link.", examples=[_INVITATION])
    role: Role = Field(description="The role that is offered.", examples=["member"])
    team: str | None = Field(description="The team, if any.", examples=["Beginners"])
    invited_by: str = Field(description="User name of its maker.", examples=["head_of_school"])
    created_at: datetime = Field(description="When it was made.", examples=[_WHEN])
    expires_at: datetime = Field(description="When it runs out.", examples=[_WHEN])
    used: int = Field(description="How many became members by it.", examples=[12])
    token: str | None = Field(
        None, description="The secret, once: in the answer to its creation.", examples=["Zk3vQ9aB…"]
    )


class InvitationLinkList(Page[InvitationLinkResponse]):
    """Open links, the newest first."""


class InvitationLinkToken(Body):
    token: str = Field(min_length=1, max_length=200, description="The link's secret.", examples=["Zk3vQ9aB…"])


class OpenedLinkResponse(View):
    """A link as those see it who have it."""

    organization_id: Id = Field(description="Who asks.", examples=[_ORGANIZATION])
    organization_name: str = Field(description="What people call it.", examples=["Lingua School"])
    role: Role = Field(description="The role that is offered.", examples=["member"])
    team: str | None = Field(description="The team, if any.", examples=["Beginners"])
    invited_by: str = Field(description="User name of its maker.", examples=["head_of_school"])
    expires_at: datetime = Field(description="When it runs out.", examples=[_WHEN])
    is_member: bool = Field(description="Whether the caller belongs to it already.", examples=[False])


class TenantResponse(View):
    """An organization as the owner of API keys and integration tokens."""

    id: Id = Field(description="The organization.", examples=[_ORGANIZATION])
    name: str = Field(description="What people call it.", examples=["Lingua School"])
    slug: str = Field(description="Its unique short name.", examples=["lingua-school"])
    role: Role = Field(description="What the caller is in it.", examples=["owner"])


class TenantList(Page[TenantResponse]):
    """The caller's tenants, the newest first."""
