"""The shapes of what administrators do, on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.auth.schemas import Email, Language, Name, Password, Timezone, Username
from kit.http.wire import Body, Id, Page, Paging, View

Plan = Literal["free", "plus", "pro"]
Search = Annotated[str, StringConstraints(min_length=1, max_length=254, strip_whitespace=True)]

_ORGANIZATION = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_USER = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f10"
_WHEN = "2026-11-23T19:00:00Z"
_LINK = "https://parley.example/#/reset/2nB1cG6w…"


class PeopleQuery(Paging):
    search: Search | None = Field(
        None, description="Part of an address or a name, an id, or an organization's name for a learner."
    )
    kind: Literal["account", "guest", "disabled", "admin"] | None = Field(None, description="Only these.")


class PersonSubject(View):
    """A learner of an organization's own site."""

    organization_id: Id = Field(description="The organization.", examples=[_ORGANIZATION])
    subject: str = Field(description="Its name for the learner.", examples=["pupil-17"])


class PersonIdentity(View):
    """By whom else an account is signed in to."""

    issuer: str = Field(description="The provider.", examples=["https://id.example"])
    subject: str = Field(description="Its name for the person.", examples=["248289761001"])
    joined_at: datetime = Field(description="When they first came from there.", examples=[_WHEN])
    last_used_at: datetime = Field(description="When they last came from there.", examples=[_WHEN])


class PersonResponse(View):
    """An account as administrators see it."""

    id: Id = Field(description="The account.", examples=[_USER])
    email: str = Field(description="The e-mail address.", examples=["ana@example.com"])
    username: str = Field(description="The public name.", examples=["ana_92"])
    full_name: str | None = Field(description="As the learner wants to be called.", examples=["Ana Souza"])
    role: Literal["user", "admin"] = Field(description="The role on this server.", examples=["user"])
    plan: Plan = Field(description="Decides the monthly live seconds.", examples=["free"])
    created_at: datetime = Field(description="When the account was made.", examples=[_WHEN])
    last_seen_at: datetime | None = Field(description="When a sign-in was last refreshed.", examples=[_WHEN])
    disabled_at: datetime | None = Field(description="Since when nothing opens it, or null.", examples=[None])
    email_verified_at: datetime | None = Field(description="When the address was proved.", examples=[_WHEN])
    is_guest: bool = Field(description="Whether nobody can sign in to it.", examples=[False])
    has_password: bool = Field(description="Whether its owner has set a password.", examples=[True])
    identities: list[PersonIdentity] = Field(description="The providers that sign them in.", examples=[[]])
    embedded: PersonSubject | None = Field(None, description="Whose learner it is, if an organization's.")


class PersonList(Page[PersonResponse]):
    """Accounts, the newest first."""


class PersonCreateRequest(Body):
    """An account for somebody else. Without a password the answer has a link with which they set one."""

    email: Email = Field(description="Unique, whatever its case.", examples=["ana@example.com"])
    username: Username | None = Field(None, description="Unique; else it is made of the address.", examples=["ana_92"])
    password: Password | None = Field(None, description="At least 10 characters.", examples=["correct horse battery"])
    full_name: Name | None = Field(None, description="As the learner wants to be called.", examples=["Ana Souza"])
    plan: Plan = Field("free", description="Decides the monthly live seconds.", examples=["free"])
    timezone: Timezone = Field("UTC", description="IANA zone.", examples=["Europe/Berlin"])
    native_language: Language | None = Field(None, description="BCP 47.", examples=["pt-BR"])


class ImportedPerson(Body):
    """A line of an import."""

    email: Email
    username: Username | None = None
    full_name: Name | None = None
    plan: Plan = "free"
    timezone: Timezone = "UTC"
    native_language: Language | None = None


class HandoverLink(View):
    """A link to hand over. It is shown once, works once, and stands for a password: send it to nobody else."""

    link: str = Field(description="The whole address, or the path of it without PARLEY_PUBLIC_URL.", examples=[_LINK])
    expires_at: datetime = Field(description="When it runs out.", examples=[_WHEN])


class PersonCreated(PersonResponse):
    set_password: HandoverLink | None = Field(None, description="For their first password; null when one was given.")


class PersonChangeRequest(Body):
    plan: Plan = Field(description="Decides the monthly live seconds.", examples=["plus"])


class PeopleImportRequest(Body):
    """The text of a file. Its first line names the columns: email, and any of username, full_name, plan, timezone,
    native_language; commas, semicolons or tabs are between them."""

    csv: str = Field(
        min_length=1, max_length=900_000, description="At most 2,000 lines.", examples=["email\nana@example.com\n"]
    )
    dry_run: bool = Field(False, description="Only say what would happen.", examples=[False])


class ImportLine(View):
    line: int = Field(description="The line of the file, from 1.", examples=[2])
    email: str | None = Field(description="What the line says.", examples=["ana@example.com"])
    result: Literal["created", "ready", "faulty"] = Field(
        description="`ready`: right, and not created, because of the other lines or of `dry_run`.", examples=["created"]
    )
    message: str | None = Field(None, description="What is wrong with it.", examples=["email: not an e-mail address"])
    person_id: Id | None = Field(None, description="The new account.", examples=[_USER])
    set_password: HandoverLink | None = Field(None, description="For their first password.")


class PeopleImportResponse(View):
    """All lines were created, or none."""

    created: int = Field(description="How many accounts were opened.", examples=[1])
    faulty: int = Field(description="How many lines are wrong.", examples=[0])
    lines: list[ImportLine] = Field(description="In the order of the file.")


class JoinInvitationRequest(Body):
    """The holder of the link may open one account, also while registration is closed."""

    email: Email | None = Field(
        None, description="The account's address; else they choose.", examples=["b@example.com"]
    )
    full_name: Name | None = Field(None, description="As they want to be called.", examples=["Ben Ito"])
    plan: Plan = Field("free", description="The plan of the account.", examples=["plus"])
    mail: bool = Field(False, description="Mail the link to the address instead of showing it.", examples=[False])
    language: Language | None = Field(None, description="Of the letter; BCP 47.", examples=["pt-BR"])


class JoinInvitation(View):
    id: Id = Field(description="The invitation.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f61"])
    email: str | None = Field(description="The account's address, or null.", examples=["b@example.com"])
    full_name: str | None = Field(description="As they want to be called.", examples=["Ben Ito"])
    plan: Plan = Field(description="The plan of the account.", examples=["plus"])
    created_at: datetime = Field(description="When it was made.", examples=[_WHEN])
    expires_at: datetime = Field(description="When it runs out.", examples=[_WHEN])


class JoinInvitationCreated(JoinInvitation):
    link: str | None = Field(
        description="To hand over; shown once, and null when it was mailed.",
        examples=["https://parley.example/#/invited/7Qx…"],
    )


class JoinInvitationList(Page[JoinInvitation]):
    """Open invitations, the newest first."""


class EntranceSettings(View):
    """What holds now."""

    registration: bool = Field(description="Whether anybody may open an account.", examples=[True])
    guests: bool = Field(description="Whether guests are taken.", examples=[True])
    guests_a_day: int | None = Field(description="Guests from one address in 24 hours; null: any.", examples=[100])


class EntranceChangeRequest(Body):
    """Only what is given changes; null leaves it to the server's settings again."""

    registration: bool | None = Field(None, description="Whether anybody may open an account.", examples=[True])
    guests: bool | None = Field(None, description="Whether guests are taken.", examples=[True])
    guests_a_day: int | None = Field(
        None, ge=0, le=1_000_000, description="Guests from one address in 24 hours.", examples=[100]
    )


class GuardClearRequest(Body):
    """At least one of the two."""

    account: Search | None = Field(None, description="Id, address or user name.", examples=["ana@example.com"])
    address: Search | None = Field(None, description="An IP address.", examples=["203.0.113.7"])


class GuardCleared(View):
    forgotten: int = Field(description="How many failed sign-ins no longer count.", examples=[10])
