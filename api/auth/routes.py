"""The operations of accounts and sign-ins."""

from functools import partial
from typing import Any

from api.auth import schemas
from api.auth.models import Newcomer, Session, Tokens
from api.auth.service import Accounts
from api.auth.sessions import SignIns
from kit import paging
from kit.audit import Actor
from kit.export import Exporting
from kit.http import documents
from kit.http.operation import Access, Call, Operation, Reply
from kit.http.wire import Id, Paging

DEVICE_COOKIE = "parley_device"
_DEVICE_SECONDS = 180 * 24 * 3600
_TAG = "Authentication"


class AuthRoutes:
    """The operations of accounts and sign-ins."""

    def __init__(self, accounts: Accounts, sign_ins: SignIns, exporting: Exporting) -> None:
        self._accounts = accounts
        self._sign_ins = sign_ins
        self._exporting = exporting

    async def register(self, call: Call, body: schemas.RegisterRequest) -> schemas.UserProfile:
        """Open an account. This does not sign in: log in with the same password next."""
        fields = dict(body)
        password = fields.pop("password")
        user = await self._accounts.register(Newcomer(**fields), password, actor_of(call))
        return schemas.UserProfile.of(user)

    async def login(self, call: Call, body: schemas.LoginForm) -> Reply[schemas.TokenResponse]:
        """Sign in with a form. After ten failures in 15 minutes for an account, or 300 from an address, strangers have
        to wait; devices and addresses that signed in before are counted on their own."""
        signed_in = await self._sign_ins.login(
            body.username,
            body.password,
            device=call.http.cookies.get(DEVICE_COOKIE),
            user_agent=call.http.headers.get("User-Agent", "")[:300],
            actor=actor_of(call),
        )
        headers = {"Set-Cookie": device_cookie(call, signed_in.device), "Cache-Control": "no-store"}
        return Reply(_tokens(signed_in.tokens), 200, headers)

    async def refresh(self, call: Call, body: schemas.RefreshRequest) -> Reply[schemas.TokenResponse]:
        """Exchange the refresh token for the next pair. Using an old one again ends the whole session, except to
        repeat an exchange whose answer was lost, within ten seconds."""
        tokens = await self._sign_ins.refresh(body.refresh_token, actor_of(call))
        return Reply(_tokens(tokens), 200, {"Cache-Control": "no-store"})

    async def logout(self, call: Call, body: schemas.LogoutRequest) -> schemas.LogoutResponse:
        """End this session. Its access token is refused from now on."""
        ended = await self._sign_ins.logout(call.caller, body.refresh_token, actor_of(call))
        return schemas.LogoutResponse(message="You are logged out.", revoked_sessions=ended)

    async def me(self, call: Call) -> schemas.UserProfile:
        """The account that is signed in."""
        return schemas.UserProfile.of(await self._accounts.profile(call.caller.user_id))

    async def update(self, call: Call, body: schemas.ProfileUpdateRequest) -> schemas.UserProfile:
        """Change what is given and leave the rest."""
        changes: dict[str, Any] = body.model_dump(exclude_unset=True)
        return schemas.UserProfile.of(await self._accounts.update(call.caller.user_id, changes))

    async def export(self, call: Call) -> documents.Stream:
        """Everything that deleting the account would delete, and what the trail says of it: a ZIP file with one JSON
        file for each table, and recordings and documents as files. Secrets are left out."""
        await self._accounts.exporting(call.caller.user_id, actor_of(call))
        found = partial(self._exporting.write, call.caller.user_id)
        return await documents.made(call.http, found, "application/zip", "parley.zip")

    async def change_password(self, call: Call, body: schemas.PasswordChangeRequest) -> None:
        """Change the password. All other sessions of the account end."""
        await self._accounts.change_password(call.caller, body.current_password, body.new_password, actor_of(call))

    async def delete(self, call: Call, body: schemas.AccountDeleteRequest) -> None:
        """Delete the account and everything that belongs to it. This cannot be undone."""
        await self._accounts.delete(call.caller, body.password, actor_of(call))

    async def claim(self, call: Call, body: schemas.ClaimRequest) -> schemas.UserProfile:
        """Give a guest's account an address and a password. Nothing that the guest did is lost."""
        user = await self._accounts.claim(call.caller, **dict(body), actor=actor_of(call))
        return schemas.UserProfile.of(user)

    async def sessions(self, call: Call, query: Paging) -> schemas.AuthSessionList:
        """Where this account is signed in."""
        before = paging.id_in(query.cursor)
        found = await self._sign_ins.listing(call.caller.user_id, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda session: paging.of_id(session.id))
        items = [_session(each, call.caller.credential_id) for each in shown]
        return schemas.AuthSessionList(items=items, next_cursor=following)

    async def revoke_session(self, call: Call, session_id: Id) -> None:
        """Sign a device out. Its tokens are refused from now on."""
        await self._sign_ins.revoke(call.caller.user_id, session_id, actor_of(call))

    def operations(self) -> list[Operation]:
        bearer, public = Access.BEARER, Access.PUBLIC
        return [
            Operation(
                "POST",
                "/api/auth/register",
                self.register,
                "Register a new user",
                _TAG,
                public,
                status=201,
                errors=(409,),
                idempotent=True,
                rate="login",
            ),
            Operation(
                "POST",
                "/api/auth/login",
                self.login,
                "Log in and get an access token",
                _TAG,
                public,
                consumes="form",
                errors=(401,),
                rate="login",
            ),
            Operation(
                "POST", "/api/auth/refresh", self.refresh, "Refresh an access token", _TAG, public, errors=(401,)
            ),
            Operation("POST", "/api/auth/logout", self.logout, "Log out the current user", _TAG, bearer),
            Operation("GET", "/api/auth/me", self.me, "Get the current authenticated user", _TAG, bearer),
            Operation("PATCH", "/api/auth/me", self.update, "Update the current authenticated user", _TAG, bearer),
            Operation(
                "GET",
                "/api/auth/me/export",
                self.export,
                "Export everything of the current account",
                _TAG,
                bearer,
                rate="heavy",
                produces=("application/zip",),
                added=True,
            ),
            Operation(
                "DELETE",
                "/api/auth/me",
                self.delete,
                "Delete the current account",
                _TAG,
                bearer,
                status=204,
                errors=(409,),
                added=True,
            ),
            Operation(
                "POST",
                "/api/auth/claim",
                self.claim,
                "Claim a guest's account",
                _TAG,
                bearer,
                errors=(409,),
                rate="login",
                added=True,
            ),
            Operation(
                "POST",
                "/api/auth/password",
                self.change_password,
                "Change the password",
                _TAG,
                bearer,
                status=204,
                added=True,
            ),
            Operation(
                "GET", "/api/auth/sessions", self.sessions, "List where I am signed in", _TAG, bearer, added=True
            ),
            Operation(
                "DELETE",
                "/api/auth/sessions/{session_id}",
                self.revoke_session,
                "Sign a device out",
                _TAG,
                bearer,
                status=204,
                errors=(404,),
                added=True,
            ),
        ]


def device_cookie(call: Call, device: str) -> str:
    """A cookie by which a device is known again, so that others' wrong passwords do not lock it out."""
    secure = "; Secure" if call.https else ""
    return f"{DEVICE_COOKIE}={device}; Path=/api/auth; Max-Age={_DEVICE_SECONDS}; HttpOnly; SameSite=Strict{secure}"


def actor_of(call: Call) -> Actor:
    """Who acts, for the audit trail; nobody before the sign-in."""
    user_id = call.identity.user_id if call.identity else None
    return Actor(user_id, call.address, call.request_id)


def _tokens(tokens: Tokens) -> schemas.TokenResponse:
    return schemas.TokenResponse(
        access_token=tokens.access_token, refresh_token=tokens.refresh_token, expires_in=tokens.expires_in
    )


def _session(session: Session, current: str) -> schemas.AuthSession:
    return schemas.AuthSession(
        id=session.id,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        address=session.address,
        user_agent=session.user_agent,
        current=session.id == current,
    )
