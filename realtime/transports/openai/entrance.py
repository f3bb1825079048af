"""Who may open a session over the OpenAI Realtime API: a key of ours, or a client secret."""

from aiohttp import web

from kit.caller import Caller
from kit.http.gate import Authenticator, Gate, bearer_or_key, bearer_token, shown
from kit.http.operation import Entry
from kit.storable import JsonObject
from realtime.transports.openai.access import ENTRY
from realtime.transports.openai.secrets import PREFIX, ClientSecrets


class Entrance:
    def __init__(self, gate: Gate, secrets: ClientSecrets) -> None:
        self.gate = gate
        self._secrets = secrets

    async def admit(
        self, request: web.Request, entry: Entry = ENTRY, *, browser_key: str | None = None
    ) -> tuple[Caller, JsonObject | None]:
        """The caller, and the session that a client secret was made for. `browser_key` is the key of a client that can
        set no header. Counted as a costly request, unless `entry` says otherwise. Failures as of the gate."""
        knock = self.gate.knock(request)
        self.gate.check_page(knock)
        token = bearer_token(request.headers) or browser_key
        if token is None or not token.startswith(PREFIX):
            credential = bearer_or_key(token) if token else shown(entry.access, request.headers)
            return await self.gate.admit(entry, credential, knock), None
        secret = token
        wanted: JsonObject = {}

        async def redeemed(_: Authenticator, __: str) -> Caller:
            nonlocal wanted
            caller, wanted = await self._secrets.redeem(secret)
            await self.gate.again(caller)
            return caller

        return await self.gate.admit(entry, redeemed, knock), wanted
