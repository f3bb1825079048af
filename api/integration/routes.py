"""The operations of integration tokens."""

from datetime import timedelta
from typing import Any

from api.integration import schemas, signing
from api.integration.models import Grant, Revocation
from api.integration.service import IntegrationTokens, Rotation, Wanted
from api.integration.verification import Verification
from kit import paging
from kit.audit import Actor
from kit.http.operation import Access, Call, Operation, Reply

_TAG = "Integration Tokens"
_CACHEABLE = {"Cache-Control": "public, max-age=60"}


class IntegrationRoutes:
    """The operations of integration tokens."""

    def __init__(self, tokens: IntegrationTokens, verification: Verification) -> None:
        self._tokens = tokens
        self._verification = verification

    async def grant(self, call: Call, body: schemas.IntegrationGrantRequest) -> schemas.IntegrationGrantResponse:
        """Issue a token in a tenant's name, for owners and admins of the organization. With a `subject` it acts for
        that learner of the tenant's own, who gets an account on first sight; without one a token of mode `api` acts for
        its issuer and one of mode `embed` for a new guest."""
        grant, token = await self._tokens.grant(call.caller, body.tenant_id, _wanted(body), _actor(call))
        return schemas.IntegrationGrantResponse(**_granted(grant, token))

    async def verify(self, call: Call, body: schemas.IntegrationVerifyRequest) -> schemas.IntegrationVerifyResponse:
        """Whether a token is valid. For an invalid one the answer has the reason."""
        await self._tokens.may_verify(call.caller, body.tenant_id)
        verdict = await self._verification.verify(body.token, body.tenant_id, body.origin)
        return schemas.IntegrationVerifyResponse(
            valid=verdict.valid,
            reason=verdict.reason,
            claims=None if verdict.claims is None else schemas.IntegrationClaims.model_validate(verdict.claims),
            revoked=verdict.revoked,
        )

    async def revoke(self, call: Call, body: schemas.IntegrationRevokeRequest) -> schemas.IntegrationRevokeResponse:
        """End a token before its time, by itself or by its id. It is refused at once; again is the same answer."""
        if body.integration_token is not None:
            done = await self._tokens.revoke_token(call.caller, body.integration_token, body.reason, _actor(call))
        else:
            tenant_id, jti = body.tenant_id or "", body.jti or ""
            done = await self._tokens.revoke_id(call.caller, tenant_id, jti, body.reason, _actor(call))
        return schemas.IntegrationRevokeResponse(revoked=True, jti=done.jti, revoked_at=done.revoked_at)

    async def rotate(self, call: Call, body: schemas.IntegrationRotateRequest) -> schemas.IntegrationRotateResponse:
        """Issue a token and revoke the previous one in one step. `rotateKey` replaces the tenant's key pair as well;
        the old public key stays in the key set until the last of its tokens is dead."""
        grant, token, revoked = await self._tokens.rotate(
            call.caller,
            body.tenant_id,
            _wanted(body),
            Rotation(body.previous_token, body.revoke_previous, body.rotate_key),
            _actor(call),
        )
        return schemas.IntegrationRotateResponse(**_granted(grant, token), previous_revoked=revoked)

    async def jwks(self, call: Call, query: schemas.TenantQuery) -> Reply[schemas.IntegrationJWKSResponse]:
        """The key set with which any JWT library verifies the tenant's tokens."""
        keys = await self._tokens.public_keys(query.tenant_id)
        views = [schemas.IntegrationJWK.model_validate(signing.jwk(key.kid, key.public_key)) for key in keys]
        return Reply(schemas.IntegrationJWKSResponse(keys=views), 200, _CACHEABLE)

    async def fingerprint(
        self, call: Call, query: schemas.TenantQuery
    ) -> Reply[schemas.IntegrationFingerprintResponse]:
        """Fingerprints of the tenant's keys, to compare over another channel."""
        views = [
            schemas.IntegrationFingerprint(
                kid=key.kid, sha256=signing.fingerprint(key.public_key), active=key.retired_at is None
            )
            for key in await self._tokens.public_keys(query.tenant_id)
        ]
        return Reply(schemas.IntegrationFingerprintResponse(fingerprints=views), 200, _CACHEABLE)

    async def revocations(self, call: Call, query: schemas.RevocationQuery) -> schemas.IntegrationTokenRevocationList:
        """Revoked tokens of all tenants."""
        before = paging.place_in(query.cursor)
        found = await self._tokens.revocations(query.tenant_id, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_place(each.revoked_at, each.jti))
        items = [_revocation(each) for each in shown]
        return schemas.IntegrationTokenRevocationList(items=items, next_cursor=following)

    def operations(self) -> list[Operation]:
        read: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "integrations:read"}
        write: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "integrations:write"}
        base, public = "/api/integration", Access.PUBLIC
        return [
            Operation(
                "POST",
                f"{base}/grant",
                self.grant,
                "Issue tenant-scoped RS256 integration grant token",
                _TAG,
                **write,
                status=201,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "POST",
                f"{base}/verify",
                self.verify,
                "Verify tenant integration token signature and claims",
                _TAG,
                **read,
                errors=(404,),
            ),
            Operation(
                "POST",
                f"{base}/revoke",
                self.revoke,
                "Revoke integration token by token or jti",
                _TAG,
                **write,
                errors=(404,),
            ),
            Operation(
                "POST",
                f"{base}/rotate",
                self.rotate,
                "Rotate integration grant and optionally revoke previous token",
                _TAG,
                **write,
                status=201,
                errors=(404,),
                idempotent=True,
            ),
            Operation(
                "GET", f"{base}/jwks", self.jwks, "Get tenant active JWKS material for verification", _TAG, public
            ),
            Operation(
                "GET",
                f"{base}/fingerprint",
                self.fingerprint,
                "Get tenant active integration key fingerprints",
                _TAG,
                public,
            ),
            Operation(
                "GET",
                "/api/admin/integration-token-revocations",
                self.revocations,
                "Admin observability for integration token revocations",
                _TAG,
                Access.ADMIN,
            ),
        ]


def _actor(call: Call) -> Actor:
    return Actor(call.caller.user_id, call.address, call.request_id)


def _wanted(body: schemas.IntegrationGrantRequest) -> Wanted:
    lifetime = timedelta(seconds=body.ttl_seconds)
    return Wanted(body.mode, body.origin, body.scopes, lifetime, body.subject)


def _granted(grant: Grant, token: str) -> dict[str, Any]:
    return {
        "integration_token": token,
        "jti": grant.jti,
        "tenant_id": grant.organization_id,
        "expires_at": grant.expires_at,
        "scopes": grant.scopes,
        "origin": grant.origin,
    }


def _revocation(revocation: Revocation) -> schemas.IntegrationTokenRevocationItem:
    return schemas.IntegrationTokenRevocationItem(
        jti=revocation.jti,
        tenant_id=revocation.organization_id,
        reason=revocation.reason,
        revoked_at=revocation.revoked_at,
        revoked_by=revocation.revoked_by,
        expires_at=revocation.expires_at,
    )
