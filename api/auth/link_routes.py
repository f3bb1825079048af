"""The operations that a link opens, and what a stranger may do here. Nobody is signed in by them."""

from typing import Any

from api.auth import link_schemas as schemas
from api.auth.entrance import Entrance
from api.auth.letters import Letters
from api.auth.links import Links
from api.auth.models import Newcomer
from api.auth.recovery import Recovery
from api.auth.routes import actor_of
from api.auth.schemas import UserProfile
from api.auth.service import Accounts
from kit.http.operation import Access, Call, Operation

_TAG = "Authentication"


class LinkRoutes:
    """The operations around links that are sent by letter. `provider`: who signs people in besides a password."""

    def __init__(
        self,
        recovery: Recovery,
        links: Links,
        entrance: Entrance,
        letters: Letters,
        accounts: Accounts,
        provider: str | None,
    ) -> None:
        self._recovery = recovery
        self._links = links
        self._entrance = entrance
        self._letters = letters
        self._accounts = accounts
        self._provider = provider

    async def entrance(self, call: Call) -> schemas.EntranceResponse:
        """What a stranger may do here: open an account, begin as a guest."""
        doors = await self._entrance.doors()
        return schemas.EntranceResponse(
            registration=doors.registration,
            guests=doors.guests,
            mail=self._letters.available,
            provider=self._provider,
            contact=self._letters.contact,
        )

    async def forgotten(self, call: Call, body: schemas.ForgottenRequest) -> schemas.LetterResponse:
        """Mail a link for a new password, which works once within an hour. The answer does not say whether there is
        such an account; an account gets three such letters an hour at most."""
        await self._letters.forgotten(body.email, body.language)
        return schemas.LetterResponse(message="If there is such an account, a letter is on its way.")

    async def verification(self, call: Call, body: schemas.VerificationRequest) -> schemas.LetterResponse:
        """Mail a link that proves the address of the account that is signed in."""
        await self._accounts.verify(call.caller.user_id, body.language)
        return schemas.LetterResponse(message="A letter is on its way.")

    async def reset(self, call: Call, body: schemas.PasswordResetRequest) -> None:
        """Set a new password with a link, once. All sign-ins of the account end; log in with the new password next."""
        await self._recovery.set_password(body.token, body.password, actor_of(call))

    async def look(self, call: Call, body: schemas.LinkRequest) -> schemas.InvitationView:
        """What an invitation to this server offers. It stays good."""
        link = await self._links.look("invitation", body.token)
        return schemas.InvitationView(email=link.email, full_name=link.full_name, expires_at=link.expires_at)

    async def join(self, call: Call, body: schemas.JoinRequest) -> UserProfile:
        """Open an account by invitation, also while registration is closed. This does not sign in."""
        link = await self._recovery.invited(body.token, body.email)
        newcomer = Newcomer(
            email=link.email or "",
            username=body.username,
            full_name=body.full_name or link.full_name,
            timezone=body.timezone,
            native_language=body.native_language,
            plan=link.plan or "free",
        )
        return UserProfile.of(await self._recovery.join(body.token, newcomer, body.password, actor_of(call)))

    async def verify(self, call: Call, body: schemas.LinkRequest) -> None:
        """Prove the e-mail address of an account with the link that was mailed there."""
        await self._recovery.verify(body.token, actor_of(call))

    def operations(self) -> list[Operation]:
        public = Access.PUBLIC
        opened: dict[str, Any] = {"errors": (409,), "rate": "login", "added": True}
        return [
            Operation("GET", "/api/auth/entrance", self.entrance, "What a stranger may do", _TAG, public, added=True),
            Operation(
                "POST",
                "/api/auth/forgotten",
                self.forgotten,
                "Mail a link for a new password",
                _TAG,
                public,
                status=202,
                **opened,
            ),
            Operation(
                "POST",
                "/api/auth/verification",
                self.verification,
                "Mail a link that proves my address",
                _TAG,
                Access.BEARER,
                status=202,
                **opened,
            ),
            Operation(
                "POST", "/api/auth/reset", self.reset, "Set a password by a link", _TAG, public, status=204, **opened
            ),
            Operation(
                "POST", "/api/auth/invitation", self.look, "See an invitation to this server", _TAG, public, **opened
            ),
            Operation(
                "POST",
                "/api/auth/join",
                self.join,
                "Open an account by invitation",
                _TAG,
                public,
                status=201,
                idempotent=True,
                **opened,
            ),
            Operation(
                "POST", "/api/auth/verify", self.verify, "Prove an e-mail address", _TAG, public, status=204, **opened
            ),
        ]
