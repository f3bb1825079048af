"""The two addresses of a sign-in by a provider. A browser goes to both itself, so the page shows what fails."""

from multidict import CIMultiDict

from api.auth.oidc.schemas import ProviderCallbackQuery, SignInRedirect
from api.auth.oidc.service import ATTEMPT_LIFETIME, ProviderSignIns
from api.auth.pages import agent_of, from_our_page, page_cookie
from api.auth.routes import actor_of
from kit import errors
from kit.http.operation import Access, Call, Operation, Reply

_START = "/api/auth/oidc/start"
CALLBACK = "/api/auth/oidc/callback"
_COOKIE = "parley_oidc"
_TAG = "Authentication"
SHOWN = frozenset(
    {
        "account_disabled",
        "address_not_proved",
        "address_taken",
        "invalid_state",
        "provider_not_configured",
        "provider_refused",
        "provider_unavailable",
        "registration_closed",
        "sign_in_declined",
    }
)
"""Failures that the sign-in screen has a sentence for."""


class ProviderRoutes:
    """`base` is PARLEY_PUBLIC_URL, or empty. Browsers are sent to one of a few places below it: nothing that a request
    says becomes one."""

    def __init__(self, sign_ins: ProviderSignIns, base: str) -> None:
        self._sign_ins = sign_ins
        self._base = base

    async def start(self, call: Call) -> Reply[SignInRedirect]:
        """Send the browser to the provider. It gets a cookie that has to come back with it."""
        from_our_page(call)
        try:
            url, browser = await self._sign_ins.start(call.http.cookies.get(_cookie_name(call)))
        except errors.Failure as failure:
            return self._failed(failure)
        return _sent(url, _cookie(call, browser, int(ATTEMPT_LIFETIME.total_seconds())))

    async def callback(self, call: Call, query: ProviderCallbackQuery) -> Reply[SignInRedirect]:
        """Where the provider sends the browser back. Signs in as `/api/auth/page/login` does, once, in the browser that
        began, and goes on to a page of ours."""
        browser = call.http.cookies.get(_cookie_name(call))
        code = None if query.error is not None else query.code
        try:
            tokens = await self._sign_ins.finish(query.state, browser, code, query.iss, agent_of(call), actor_of(call))
        except errors.Failure as failure:
            return self._failed(failure)
        forgotten = _cookie(call, "", 0)
        return _sent(f"{self._base}/#/signed-in", forgotten, page_cookie(call, tokens.refresh_token))

    def operations(self) -> list[Operation]:
        public = Access.PUBLIC
        return [
            Operation(
                "GET",
                _START,
                self.start,
                "Begin to sign in by the provider",
                _TAG,
                public,
                status=303,
                errors=(403,),
                rate="login",
                added=True,
            ),
            Operation(
                "GET",
                CALLBACK,
                self.callback,
                "Come back from the provider",
                _TAG,
                public,
                status=303,
                rate="login",
                added=True,
            ),
        ]

    def _failed(self, failure: errors.Failure) -> Reply[SignInRedirect]:
        """The cookie stays, and goes by itself: another tab may be at the provider."""
        if failure.code not in SHOWN:
            raise failure
        return _sent(f"{self._base}/#/sign-in?failed={failure.code}")


def _sent(location: str, *cookies: str) -> Reply[SignInRedirect]:
    headers = CIMultiDict({"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
    for cookie in cookies:
        headers.add("Set-Cookie", cookie)
    return Reply(SignInRedirect(location=location), 303, headers)


def _cookie_name(call: Call) -> str:
    """With TLS no other host of the same domain can set it (RFC 6265bis, section 4.1.3.2)."""
    return f"__Host-{_COOKIE}" if call.https else _COOKIE


def _cookie(call: Call, value: str, seconds: int) -> str:
    # Lax: it has to come along when the provider sends the browser back.
    secure = "; Secure" if call.https else ""
    return f"{_cookie_name(call)}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
