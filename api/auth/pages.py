"""Sign-ins of our own pages: the refresh token is in a cookie that no script can read, and no password is kept."""

from multidict import CIMultiDict

from api.auth import schemas
from api.auth.models import Tokens
from api.auth.routes import DEVICE_COOKIE, actor_of, device_cookie
from api.auth.service import Accounts
from api.auth.sessions import SignIns
from kit import errors
from kit.http.operation import Access, Call, Operation, Reply

COOKIE = "parley_page"
_PATH = "/api/auth/page"
_SECONDS = 30 * 24 * 3600
_TAG = "Authentication"


class PageRoutes:
    """Only pages of this very origin may use them: the cookie is `SameSite=Strict`, and what a browser says of the
    page that calls is believed."""

    def __init__(self, accounts: Accounts, sign_ins: SignIns) -> None:
        self._accounts = accounts
        self._sign_ins = sign_ins

    async def guest(self, call: Call, body: schemas.PageGuestRequest) -> Reply[schemas.PageTokenResponse]:
        """Open an account without a password and stay signed in to it in this browser."""
        from_our_page(call)
        tokens = await self._accounts.open_guest(body.timezone, body.native_language, agent_of(call), actor_of(call))
        return _reply(call, tokens)

    async def login(self, call: Call, body: schemas.PageLoginRequest) -> Reply[schemas.PageTokenResponse]:
        """Sign in and stay signed in in this browser. Failures are counted as those of `/api/auth/login`."""
        from_our_page(call)
        signed_in = await self._sign_ins.login(
            body.username,
            body.password,
            device=call.http.cookies.get(DEVICE_COOKIE),
            user_agent=agent_of(call),
            actor=actor_of(call),
            by_page=True,
        )
        return _reply(call, signed_in.tokens, device_cookie(call, signed_in.device))

    async def refresh(self, call: Call, body: schemas.PageRefreshRequest) -> Reply[schemas.PageTokenResponse]:
        """The next access token, by the cookie, which is replaced. Using an old one again ends the session, except as
        long as nobody has used its successor: the page may have been closed before it came."""
        from_our_page(call)
        tokens = await self._sign_ins.refresh(_cookie(call), actor_of(call), by_page=True)
        return _reply(call, tokens)

    async def logout(self, call: Call, body: schemas.PageLogoutRequest) -> Reply[schemas.LogoutResponse]:
        """End this browser's session, or all sessions of its account, and forget the cookie."""
        from_our_page(call)
        token = call.http.cookies.get(COOKIE)
        ended = await self._sign_ins.leave(token, body.everywhere, actor_of(call)) if token else 0
        headers = {"Set-Cookie": _set_cookie(call, "", 0), "Cache-Control": "no-store"}
        return Reply(schemas.LogoutResponse(message="You are logged out.", revoked_sessions=ended), 200, headers)

    def operations(self) -> list[Operation]:
        public = Access.PUBLIC
        return [
            Operation(
                "POST",
                f"{_PATH}/guest",
                self.guest,
                "Begin as a guest",
                _TAG,
                public,
                errors=(403,),
                idempotent=True,
                rate="login",
                added=True,
            ),
            Operation(
                "POST",
                f"{_PATH}/login",
                self.login,
                "Sign in with a browser",
                _TAG,
                public,
                errors=(401, 403),
                rate="login",
                added=True,
            ),
            Operation(
                "POST",
                f"{_PATH}/refresh",
                self.refresh,
                "Stay signed in with a browser",
                _TAG,
                public,
                errors=(401, 403),
                added=True,
            ),
            Operation(
                "POST", f"{_PATH}/logout", self.logout, "Sign out of a browser", _TAG, public, errors=(403,), added=True
            ),
        ]


def from_our_page(call: Call) -> None:
    """Browsers say where a request comes from (W3C Fetch Metadata); programs that are none have no cookie of others."""
    if call.http.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise errors.forbidden("Only pages of this server sign in this way.")


def _cookie(call: Call) -> str:
    token = call.http.cookies.get(COOKIE)
    if not token:
        raise errors.unauthenticated("not_authenticated", "This browser is not signed in.")
    return token


def agent_of(call: Call) -> str:
    """The program that signs in, as far as it is kept."""
    return call.http.headers.get("User-Agent", "")[:300]


def _reply(call: Call, tokens: Tokens, *more: str) -> Reply[schemas.PageTokenResponse]:
    headers: CIMultiDict[str] = CIMultiDict({"Cache-Control": "no-store"})
    for cookie in (page_cookie(call, tokens.refresh_token), *more):
        headers.add("Set-Cookie", cookie)
    view = schemas.PageTokenResponse(access_token=tokens.access_token, expires_in=tokens.expires_in)
    return Reply(view, 200, headers)


def page_cookie(call: Call, refresh_token: str) -> str:
    """What keeps a browser signed in."""
    return _set_cookie(call, refresh_token, _SECONDS)


def _set_cookie(call: Call, value: str, seconds: int) -> str:
    secure = "; Secure" if call.https else ""
    return f"{COOKIE}={value}; Path={_PATH}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
