"""Who may open a session over the OpenAI Realtime API: a key of ours, or a client secret."""

from aiohttp import web

from kit.caller import Caller
from kit.http.gate import API_KEY_HEADER, KEY_PREFIX, Authenticator, Gate
from kit.http.operation import Entry
from kit.storable import JsonObject
from realtime.transports.openai.access import ENTRY, admit
from realtime.transports.openai.secrets import PREFIX, ClientSecrets


class Entrance:
    def __init__(self, gate: Gate, secrets: ClientSecrets) -> None:
        self.gate = gate
        self._secrets = secrets

    async def admit(
        self, request: web.Request, token: str | None, entry: Entry = ENTRY
    ) -> tuple[Caller, JsonObject | None]:
        """The caller, and the session that a client secret was made for. Failures as of the gate."""
        self.gate.check_page(self.gate.knock(request))
        if token is None and (key := request.headers.get(API_KEY_HEADER, "")).startswith(KEY_PREFIX):
            token = key
        if token is None or not token.startswith(PREFIX):
            return await admit(self.gate, request, token, entry), None
        wanted: JsonObject | None = None

        async def redeemed(_: Authenticator, __: str) -> Caller:
            nonlocal wanted
            caller, wanted = await self._secrets.redeem(token)
            await self.gate.again(caller, lapsed=True)
            return caller

        return await self.gate.admit(entry, redeemed, self.gate.knock(request)), wanted
