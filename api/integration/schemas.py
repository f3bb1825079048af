"""The shapes of integration tokens on the wire: in camelCase, unlike the rest."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

from api.integration.models import Mode, Reason
from kit.http.wire import Body, Id, Page, Paging, Scope, View

_HOST = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
_PORT = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
Origin = Annotated[
    str,
    StringConstraints(pattern=rf"^(https://{_HOST}|http://(localhost|127\.0\.0\.1))(:{_PORT})?$", max_length=260),
]
"""A web origin: https, or http on localhost; small letters, a port from 1 to 65535, no path."""

Token = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Why = Annotated[str, StringConstraints(min_length=1, max_length=200)]

_TENANT = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f20"
_JTI = "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f40"
_KID = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
_WHEN = "2026-11-23T19:00:00Z"
_TOKEN = "eyJhbGciOiJSUzI1NiIs…"


_TEXT: dict[str, JsonValue] = {"type": "string"}
_NOTHING: dict[str, JsonValue] = {"type": "null"}
_REVOKE_FORMS: list[JsonValue] = [
    {
        "required": ["integrationToken"],
        "properties": {"integrationToken": _TEXT, "tenantId": _NOTHING, "jti": _NOTHING},
    },
    {
        "required": ["tenantId", "jti"],
        "properties": {"integrationToken": _NOTHING, "tenantId": _TEXT, "jti": _TEXT},
    },
]
_REVOKE_EXAMPLES: list[JsonValue] = [{"tenantId": _TENANT, "jti": _JTI, "reason": "laptop lost"}]


class CamelBody(Body):
    model_config = ConfigDict(alias_generator=to_camel)


class CamelView(View):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class IntegrationGrantRequest(CamelBody):
    mode: Mode = Field(description="For calls of the API, or for the embed page.", examples=["embed"])
    origin: Origin = Field(description="The one web origin it is good for.", examples=["https://school.example"])
    scopes: list[Scope] = Field(
        min_length=1, max_length=50, description="What it opens.", examples=[["live:read", "live:write"]]
    )
    ttl_seconds: int = Field(ge=30, le=900, description="Its lifetime.", examples=[600])
    tenant_id: Id | None = Field(None, description="The tenant; needed with more than one.", examples=[_TENANT])
    subject: str | None = Field(
        None, min_length=1, max_length=200, description="Your own name for the learner.", examples=["pupil-17"]
    )


class IntegrationGrantResponse(CamelView):
    integration_token: str = Field(description="The token, a JWT signed with RS256.", examples=[_TOKEN])
    token_type: Literal["Bearer"] = Field("Bearer", description="Always Bearer.", examples=["Bearer"])
    jti: Id = Field(description="The token's id.", examples=[_JTI])
    tenant_id: Id = Field(description="The tenant.", examples=[_TENANT])
    expires_at: datetime = Field(description="When it dies.", examples=[_WHEN])
    scopes: list[str] = Field(description="What it opens.", examples=[["live:read", "live:write"]])
    origin: str = Field(description="The one web origin it is good for.", examples=["https://school.example"])


class IntegrationVerifyRequest(CamelBody):
    token: Token = Field(description="The token in question.", examples=[_TOKEN])
    tenant_id: Id = Field(description="The tenant it should belong to.", examples=[_TENANT])
    origin: Origin | None = Field(
        None, description="The web origin that presented it.", examples=["https://school.example"]
    )


class IntegrationClaims(CamelView):
    """What the token says (RFC 7519)."""

    iss: str = Field(description="Who issued it.", examples=["parley"])
    sub: str = Field(description="Your own name for the learner, or the id of who issued it.", examples=["pupil-17"])
    jti: str = Field(description="The token's id.", examples=[_JTI])
    tenant_id: str = Field(description="The tenant.", examples=[_TENANT])
    mode: Mode = Field(description="For calls of the API, or for the embed page.", examples=["embed"])
    origin: str = Field(description="The one web origin it is good for.", examples=["https://school.example"])
    scopes: list[str] = Field(description="What it opens.", examples=[["live:read", "live:write"]])
    iat: int = Field(description="When it was issued, in seconds since 1970.", examples=[1795460400])
    exp: int = Field(description="When it ends, in seconds since 1970.", examples=[1795461000])


class IntegrationVerifyResponse(CamelView):
    valid: bool = Field(description="Whether the token is good now.", examples=[True])
    reason: Reason | None = Field(description="Why not.", examples=[None])
    claims: IntegrationClaims | None = Field(description="What it says, when the signature is the tenant's.")
    revoked: bool = Field(description="Whether it was revoked.", examples=[False])


class IntegrationRevokeRequest(CamelBody):
    """Either integrationToken, or tenantId and jti."""

    model_config = ConfigDict(json_schema_extra={"oneOf": _REVOKE_FORMS, "examples": _REVOKE_EXAMPLES})

    integration_token: Token | None = Field(None, description="The token itself.")
    tenant_id: Id | None = Field(None, description="The tenant.")
    jti: Id | None = Field(None, description="The token's id.")
    reason: Why = Field(description="Why, for the record.", examples=["laptop lost"])

    @model_validator(mode="after")
    def _one_form(self) -> "IntegrationRevokeRequest":
        by_token, by_id = self.integration_token is not None, (self.tenant_id is not None, self.jti is not None)
        if by_token == any(by_id) or (not by_token and not all(by_id)):
            raise ValueError("give either integrationToken, or tenantId and jti")
        return self


class IntegrationRevokeResponse(CamelView):
    revoked: bool = Field(description="Always true.", examples=[True])
    jti: Id = Field(description="The token's id.", examples=[_JTI])
    revoked_at: datetime = Field(description="When it was revoked first.", examples=[_WHEN])


class IntegrationRotateRequest(IntegrationGrantRequest):
    previous_token: Token | None = Field(None, description="The token that the new one replaces.", examples=[_TOKEN])
    revoke_previous: bool = Field(True, description="Whether the previous token is revoked now.", examples=[True])
    rotate_key: bool = Field(False, description="Whether the tenant's key pair is replaced too.", examples=[False])


class IntegrationRotateResponse(IntegrationGrantResponse):
    previous_revoked: bool = Field(description="Whether the previous token was revoked.", examples=[True])


class IntegrationJWK(CamelView):
    """RFC 7517."""

    kty: Literal["RSA"] = Field(description="The kind of key.", examples=["RSA"])
    n: str = Field(description="The modulus, base64url.", examples=["0vx7agoebGcQSuuPiLJXZpt…"])
    e: str = Field(description="The exponent, base64url.", examples=["AQAB"])
    alg: Literal["RS256"] = Field(description="The algorithm.", examples=["RS256"])
    use: Literal["sig"] = Field(description="The use.", examples=["sig"])
    kid: str = Field(description="The key's id (RFC 7638).", examples=[_KID])


class IntegrationJWKSResponse(CamelView):
    keys: list[IntegrationJWK] = Field(description="All keys whose tokens may be alive, the active one first.")


class IntegrationFingerprint(CamelView):
    kid: str = Field(description="The key's id.", examples=[_KID])
    sha256: str = Field(description="SHA-256 of its SubjectPublicKeyInfo.", examples=["9f86d081884c7d659a2feaa0c5…"])
    active: bool = Field(description="Whether it signs new tokens.", examples=[True])


class IntegrationFingerprintResponse(CamelView):
    fingerprints: list[IntegrationFingerprint] = Field(description="As in the key set.")


class TenantQuery(CamelBody):
    tenant_id: Id = Field(description="The tenant.", examples=[_TENANT])


class RevocationQuery(Paging):
    model_config = ConfigDict(alias_generator=to_camel)

    tenant_id: Id | None = Field(None, description="Only this tenant's.", examples=[_TENANT])


class IntegrationTokenRevocationItem(CamelView):
    jti: Id = Field(description="The token's id.", examples=[_JTI])
    tenant_id: Id = Field(description="The tenant.", examples=[_TENANT])
    reason: str = Field(description="Why.", examples=["laptop lost"])
    revoked_at: datetime = Field(description="When.", examples=[_WHEN])
    revoked_by: Id | None = Field(description="By whom, unless that account is gone.", examples=[_TENANT])
    expires_at: datetime = Field(description="When the token would have expired.", examples=[_WHEN])


class IntegrationTokenRevocationList(Page[IntegrationTokenRevocationItem]):
    """The newest first."""
