"""The operations of API keys. They take no API key: a key cannot make keys."""

from api.api_keys import schemas
from api.api_keys.models import ApiKey, NewKey
from api.api_keys.service import ApiKeys
from kit import paging
from kit.audit import Actor
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id, Paging

_TAG = "API Keys"


class ApiKeyRoutes:
    """The operations of API keys."""

    def __init__(self, api_keys: ApiKeys) -> None:
        self._api_keys = api_keys

    async def listing(self, call: Call, query: Paging) -> schemas.APIKeyList:
        """The caller's API keys, without the keys themselves."""
        found = await self._api_keys.listing(call.caller.user_id, paging.id_in(query.cursor), query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.APIKeyList(items=[_view(each) for each in shown], next_cursor=following)

    async def create(self, call: Call, body: schemas.APIKeyCreateRequest) -> schemas.APIKeyResponse:
        """Make a key for a server. It is shown once: only its hash is kept."""
        wanted = NewKey(body.name, body.scopes, body.organization_id, body.allowed_ips, body.expires_at)
        key, secret = await self._api_keys.create(call.caller, wanted, _actor(call))
        return _view(key, secret)

    async def delete(self, call: Call, key_id: Id) -> None:
        """Delete a key. It is refused at once."""
        await self._api_keys.delete(call.caller.user_id, key_id, _actor(call))

    def operations(self) -> list[Operation]:
        return [
            Operation("GET", "/api/api-keys", self.listing, "List API keys", _TAG, Access.BEARER),
            Operation(
                "POST",
                "/api/api-keys",
                self.create,
                "Create an API key",
                _TAG,
                Access.BEARER,
                status=201,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "DELETE", "/api/api-keys/{key_id}", self.delete, "Delete an API key", _TAG, Access.BEARER, status=204
            ),
        ]


def _actor(call: Call) -> Actor:
    return Actor(call.caller.user_id, call.address, call.request_id)


def _view(key: ApiKey, secret: str | None = None) -> schemas.APIKeyResponse:
    view = schemas.APIKeyResponse.model_validate(key, from_attributes=True)
    return view.model_copy(update={"key": secret}) if secret is not None else view
