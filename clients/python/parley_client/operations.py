"""Every operation of the REST API as a method, named as its operationId.

Written by run.py docs from the documents of the server: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol
from urllib.parse import quote

from . import models as m
from ._json import JsonObject


class Asked(Protocol):
    """Sends a request and gives the answer: what its JSON says, bytes of other media, None of 204."""

    async def __call__(
        self,
        method: str,
        path: str,
        *,
        query: JsonObject | None = None,
        body: object = None,
        form: bool = False,
        key: str | None = None,
        repeatable: bool = False,
    ) -> Any: ...


class Operations:
    """Errors are `Refused` with the code of the server, and `Lost` when it cannot be reached."""

    def __init__(self, ask: Asked) -> None:
        self._ask = ask

    async def post_auth_register(self, body: m.RegisterRequest, *, idempotency_key: str | None = None) -> m.UserProfile:
        """Register a new user."""
        answer: m.UserProfile = await self._ask("POST", "/api/auth/register", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_auth_login(self, body: m.LoginForm) -> m.TokenResponse:
        """Log in and get an access token."""
        answer: m.TokenResponse = await self._ask("POST", "/api/auth/login", body=body, form=True)
        return answer

    async def post_auth_refresh(self, body: m.RefreshRequest) -> m.TokenResponse:
        """Refresh an access token."""
        answer: m.TokenResponse = await self._ask("POST", "/api/auth/refresh", body=body)
        return answer

    async def post_auth_logout(self, body: m.LogoutRequest | None = None) -> m.LogoutResponse:
        """Log out the current user."""
        answer: m.LogoutResponse = await self._ask("POST", "/api/auth/logout", body=body or {})
        return answer

    async def get_auth_me(self) -> m.UserProfile:
        """Get the current authenticated user."""
        answer: m.UserProfile = await self._ask("GET", "/api/auth/me")
        return answer

    async def patch_auth_me(self, body: m.ProfileUpdateRequest | None = None) -> m.UserProfile:
        """Update the current authenticated user."""
        answer: m.UserProfile = await self._ask("PATCH", "/api/auth/me", body=body or {})
        return answer

    async def delete_auth_me(self, body: m.AccountDeleteRequest | None = None) -> None:
        """Delete the current account."""
        await self._ask("DELETE", "/api/auth/me", body=body or {})

    async def get_auth_me_export(self) -> bytes:
        """Export everything of the current account."""
        answer: bytes = await self._ask("GET", "/api/auth/me/export")
        return answer

    async def post_auth_claim(self, body: m.ClaimRequest) -> m.UserProfile:
        """Claim a guest's account."""
        answer: m.UserProfile = await self._ask("POST", "/api/auth/claim", body=body)
        return answer

    async def post_auth_password(self, body: m.PasswordChangeRequest) -> None:
        """Change the password."""
        await self._ask("POST", "/api/auth/password", body=body)

    async def get_auth_sessions(self, *, limit: int | None = None, cursor: str | None = None) -> m.AuthSessionList:
        """List where I am signed in."""
        answer: m.AuthSessionList = await self._ask("GET", "/api/auth/sessions", query={"limit": limit, "cursor": cursor})
        return answer

    async def delete_auth_sessions_session_id(self, session_id: str) -> None:
        """Sign a device out."""
        await self._ask("DELETE", f"/api/auth/sessions/{quote(session_id, safe='')}")

    async def post_auth_page_guest(self, body: m.PageGuestRequest | None = None, *, idempotency_key: str | None = None) -> m.PageTokenResponse:
        """Begin as a guest."""
        answer: m.PageTokenResponse = await self._ask("POST", "/api/auth/page/guest", body=body or {}, key=idempotency_key, repeatable=True)
        return answer

    async def post_auth_page_login(self, body: m.PageLoginRequest) -> m.PageTokenResponse:
        """Sign in with a browser."""
        answer: m.PageTokenResponse = await self._ask("POST", "/api/auth/page/login", body=body)
        return answer

    async def post_auth_page_refresh(self, body: m.PageRefreshRequest | None = None) -> m.PageTokenResponse:
        """Stay signed in with a browser."""
        answer: m.PageTokenResponse = await self._ask("POST", "/api/auth/page/refresh", body=body or {})
        return answer

    async def post_auth_page_logout(self, body: m.PageLogoutRequest | None = None) -> m.LogoutResponse:
        """Sign out of a browser."""
        answer: m.LogoutResponse = await self._ask("POST", "/api/auth/page/logout", body=body or {})
        return answer

    async def get_auth_oidc_start(self) -> None:
        """Begin to sign in by the provider."""
        await self._ask("GET", "/api/auth/oidc/start")

    async def get_auth_oidc_callback(self, *, state: str | None = None, code: str | None = None, error: str | None = None, iss: str | None = None) -> None:
        """Come back from the provider."""
        await self._ask("GET", "/api/auth/oidc/callback", query={"state": state, "code": code, "error": error, "iss": iss})

    async def get_auth_entrance(self) -> m.EntranceResponse:
        """What a stranger may do."""
        answer: m.EntranceResponse = await self._ask("GET", "/api/auth/entrance")
        return answer

    async def post_auth_forgotten(self, body: m.ForgottenRequest) -> m.LetterResponse:
        """Mail a link for a new password."""
        answer: m.LetterResponse = await self._ask("POST", "/api/auth/forgotten", body=body)
        return answer

    async def post_auth_verification(self, body: m.VerificationRequest | None = None) -> m.LetterResponse:
        """Mail a link that proves my address."""
        answer: m.LetterResponse = await self._ask("POST", "/api/auth/verification", body=body or {})
        return answer

    async def post_auth_reset(self, body: m.PasswordResetRequest) -> None:
        """Set a password by a link."""
        await self._ask("POST", "/api/auth/reset", body=body)

    async def post_auth_invitation(self, body: m.LinkRequest) -> m.InvitationView:
        """See an invitation to this server."""
        answer: m.InvitationView = await self._ask("POST", "/api/auth/invitation", body=body)
        return answer

    async def post_auth_join(self, body: m.JoinRequest, *, idempotency_key: str | None = None) -> m.UserProfile:
        """Open an account by invitation."""
        answer: m.UserProfile = await self._ask("POST", "/api/auth/join", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_auth_verify(self, body: m.LinkRequest) -> None:
        """Prove an e-mail address."""
        await self._ask("POST", "/api/auth/verify", body=body)

    async def get_admin_people(self, *, limit: int | None = None, cursor: str | None = None, search: str | None = None, kind: Literal["account", "guest", "disabled", "admin"] | None = None) -> m.PersonList:
        """List people."""
        answer: m.PersonList = await self._ask("GET", "/api/admin/people", query={"limit": limit, "cursor": cursor, "search": search, "kind": kind})
        return answer

    async def post_admin_people(self, body: m.PersonCreateRequest, *, idempotency_key: str | None = None) -> m.PersonCreated:
        """Open an account for somebody."""
        answer: m.PersonCreated = await self._ask("POST", "/api/admin/people", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_admin_people_import(self, body: m.PeopleImportRequest, *, idempotency_key: str | None = None) -> m.PeopleImportResponse:
        """Open accounts for a list of people."""
        answer: m.PeopleImportResponse = await self._ask("POST", "/api/admin/people/import", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_admin_people_user_id(self, user_id: str) -> m.PersonResponse:
        """Get a person."""
        answer: m.PersonResponse = await self._ask("GET", f"/api/admin/people/{quote(user_id, safe='')}")
        return answer

    async def patch_admin_people_user_id(self, user_id: str, body: m.PersonChangeRequest) -> m.PersonResponse:
        """Set a person's plan."""
        answer: m.PersonResponse = await self._ask("PATCH", f"/api/admin/people/{quote(user_id, safe='')}", body=body)
        return answer

    async def delete_admin_people_user_id(self, user_id: str) -> None:
        """Erase a person."""
        await self._ask("DELETE", f"/api/admin/people/{quote(user_id, safe='')}")

    async def post_admin_people_user_id_reset(self, user_id: str) -> m.HandoverLink:
        """Make a link to set a new password."""
        answer: m.HandoverLink = await self._ask("POST", f"/api/admin/people/{quote(user_id, safe='')}/reset")
        return answer

    async def post_admin_people_user_id_disable(self, user_id: str) -> m.PersonResponse:
        """Disable an account."""
        answer: m.PersonResponse = await self._ask("POST", f"/api/admin/people/{quote(user_id, safe='')}/disable")
        return answer

    async def post_admin_people_user_id_enable(self, user_id: str) -> m.PersonResponse:
        """Enable an account."""
        answer: m.PersonResponse = await self._ask("POST", f"/api/admin/people/{quote(user_id, safe='')}/enable")
        return answer

    async def get_admin_people_user_id_export(self, user_id: str) -> bytes:
        """Export everything of a person."""
        answer: bytes = await self._ask("GET", f"/api/admin/people/{quote(user_id, safe='')}/export")
        return answer

    async def get_admin_invitations(self, *, limit: int | None = None, cursor: str | None = None) -> m.JoinInvitationList:
        """List invitations to this server."""
        answer: m.JoinInvitationList = await self._ask("GET", "/api/admin/invitations", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_admin_invitations(self, body: m.JoinInvitationRequest | None = None, *, idempotency_key: str | None = None) -> m.JoinInvitationCreated:
        """Invite somebody by a link."""
        answer: m.JoinInvitationCreated = await self._ask("POST", "/api/admin/invitations", body=body or {}, key=idempotency_key, repeatable=True)
        return answer

    async def delete_admin_invitations_invitation_id(self, invitation_id: str) -> None:
        """Withdraw an invitation to this server."""
        await self._ask("DELETE", f"/api/admin/invitations/{quote(invitation_id, safe='')}")

    async def get_admin_entrance(self) -> m.EntranceSettings:
        """Who may open an account."""
        answer: m.EntranceSettings = await self._ask("GET", "/api/admin/entrance")
        return answer

    async def patch_admin_entrance(self, body: m.EntranceChangeRequest | None = None) -> m.EntranceSettings:
        """Decide who may open an account."""
        answer: m.EntranceSettings = await self._ask("PATCH", "/api/admin/entrance", body=body or {})
        return answer

    async def post_admin_sign_in_guard_clear(self, body: m.GuardClearRequest | None = None) -> m.GuardCleared:
        """Forget failed sign-ins."""
        answer: m.GuardCleared = await self._ask("POST", "/api/admin/sign-in-guard/clear", body=body or {})
        return answer

    async def get_organizations(self, *, limit: int | None = None, cursor: str | None = None) -> m.OrganizationList:
        """List organizations for the current user."""
        answer: m.OrganizationList = await self._ask("GET", "/api/organizations", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_organizations(self, body: m.OrganizationCreateRequest, *, idempotency_key: str | None = None) -> m.OrganizationResponse:
        """Create an organization."""
        answer: m.OrganizationResponse = await self._ask("POST", "/api/organizations", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_organizations_org_id(self, org_id: str) -> m.OrganizationResponse:
        """Get organization details."""
        answer: m.OrganizationResponse = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}")
        return answer

    async def patch_organizations_org_id(self, org_id: str, body: m.OrganizationUpdateRequest | None = None) -> m.OrganizationResponse:
        """Update organization details."""
        answer: m.OrganizationResponse = await self._ask("PATCH", f"/api/organizations/{quote(org_id, safe='')}", body=body or {})
        return answer

    async def delete_organizations_org_id(self, org_id: str) -> None:
        """Delete an organization."""
        await self._ask("DELETE", f"/api/organizations/{quote(org_id, safe='')}")

    async def get_organizations_org_id_members(self, org_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.MemberList:
        """List organization members."""
        answer: m.MemberList = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/members", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_organizations_org_id_members(self, org_id: str, body: m.MemberAddRequest, *, idempotency_key: str | None = None) -> m.MemberResponse:
        """Add a member to an organization."""
        answer: m.MemberResponse = await self._ask("POST", f"/api/organizations/{quote(org_id, safe='')}/members", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def patch_organizations_org_id_members_target_user_id(self, org_id: str, target_user_id: str, body: m.MemberRoleRequest) -> m.MemberResponse:
        """Update a member's role."""
        answer: m.MemberResponse = await self._ask("PATCH", f"/api/organizations/{quote(org_id, safe='')}/members/{quote(target_user_id, safe='')}", body=body)
        return answer

    async def put_organizations_org_id_members_target_user_id(self, org_id: str, target_user_id: str, body: m.MemberUpdateRequest) -> m.MemberResponse:
        """Comprehensive member update (role, organization, team)."""
        answer: m.MemberResponse = await self._ask("PUT", f"/api/organizations/{quote(org_id, safe='')}/members/{quote(target_user_id, safe='')}", body=body)
        return answer

    async def delete_organizations_org_id_members_target_user_id(self, org_id: str, target_user_id: str) -> None:
        """Remove a member from an organization."""
        await self._ask("DELETE", f"/api/organizations/{quote(org_id, safe='')}/members/{quote(target_user_id, safe='')}")

    async def get_tenants(self, *, limit: int | None = None, cursor: str | None = None) -> m.TenantList:
        """List tenants."""
        answer: m.TenantList = await self._ask("GET", "/api/tenants", query={"limit": limit, "cursor": cursor})
        return answer

    async def get_organizations_org_id_invitations(self, org_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.InvitationList:
        """List open invitations."""
        answer: m.InvitationList = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/invitations", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_organizations_org_id_invitations_import(self, org_id: str, body: m.InvitationImportRequest, *, idempotency_key: str | None = None) -> m.InvitationImportResponse:
        """Invite a list of people."""
        answer: m.InvitationImportResponse = await self._ask("POST", f"/api/organizations/{quote(org_id, safe='')}/invitations/import", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def delete_organizations_org_id_invitations_invitation_id(self, org_id: str, invitation_id: str) -> None:
        """Withdraw an invitation."""
        await self._ask("DELETE", f"/api/organizations/{quote(org_id, safe='')}/invitations/{quote(invitation_id, safe='')}")

    async def get_invitations(self, *, limit: int | None = None, cursor: str | None = None) -> m.MyInvitationList:
        """List my invitations."""
        answer: m.MyInvitationList = await self._ask("GET", "/api/invitations", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_invitations_invitation_id_accept(self, invitation_id: str, *, idempotency_key: str | None = None) -> m.MemberResponse:
        """Accept an invitation."""
        answer: m.MemberResponse = await self._ask("POST", f"/api/invitations/{quote(invitation_id, safe='')}/accept", key=idempotency_key, repeatable=True)
        return answer

    async def post_invitations_invitation_id_decline(self, invitation_id: str) -> None:
        """Decline an invitation."""
        await self._ask("POST", f"/api/invitations/{quote(invitation_id, safe='')}/decline")

    async def get_organizations_org_id_invitation_links(self, org_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.InvitationLinkList:
        """List open invitation links."""
        answer: m.InvitationLinkList = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/invitation-links", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_organizations_org_id_invitation_links(self, org_id: str, body: m.InvitationLinkRequest | None = None, *, idempotency_key: str | None = None) -> m.InvitationLinkResponse:
        """Make an invitation link."""
        answer: m.InvitationLinkResponse = await self._ask("POST", f"/api/organizations/{quote(org_id, safe='')}/invitation-links", body=body or {}, key=idempotency_key, repeatable=True)
        return answer

    async def delete_organizations_org_id_invitation_links_link_id(self, org_id: str, link_id: str) -> None:
        """Revoke an invitation link."""
        await self._ask("DELETE", f"/api/organizations/{quote(org_id, safe='')}/invitation-links/{quote(link_id, safe='')}")

    async def post_invitation_links_look(self, body: m.InvitationLinkToken) -> m.OpenedLinkResponse:
        """Look at an invitation link."""
        answer: m.OpenedLinkResponse = await self._ask("POST", "/api/invitation-links/look", body=body)
        return answer

    async def post_invitation_links_accept(self, body: m.InvitationLinkToken, *, idempotency_key: str | None = None) -> m.MemberResponse:
        """Accept an invitation link."""
        answer: m.MemberResponse = await self._ask("POST", "/api/invitation-links/accept", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_api_keys(self, *, limit: int | None = None, cursor: str | None = None) -> m.APIKeyList:
        """List API keys."""
        answer: m.APIKeyList = await self._ask("GET", "/api/api-keys", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_api_keys(self, body: m.APIKeyCreateRequest, *, idempotency_key: str | None = None) -> m.APIKeyResponse:
        """Create an API key."""
        answer: m.APIKeyResponse = await self._ask("POST", "/api/api-keys", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def delete_api_keys_key_id(self, key_id: str) -> None:
        """Delete an API key."""
        await self._ask("DELETE", f"/api/api-keys/{quote(key_id, safe='')}")

    async def post_integration_grant(self, body: m.IntegrationGrantRequest, *, idempotency_key: str | None = None) -> m.IntegrationGrantResponse:
        """Issue tenant-scoped RS256 integration grant token."""
        answer: m.IntegrationGrantResponse = await self._ask("POST", "/api/integration/grant", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_integration_verify(self, body: m.IntegrationVerifyRequest) -> m.IntegrationVerifyResponse:
        """Verify tenant integration token signature and claims."""
        answer: m.IntegrationVerifyResponse = await self._ask("POST", "/api/integration/verify", body=body)
        return answer

    async def post_integration_revoke(self, body: m.IntegrationRevokeRequest) -> m.IntegrationRevokeResponse:
        """Revoke integration token by token or jti."""
        answer: m.IntegrationRevokeResponse = await self._ask("POST", "/api/integration/revoke", body=body)
        return answer

    async def post_integration_rotate(self, body: m.IntegrationRotateRequest, *, idempotency_key: str | None = None) -> m.IntegrationRotateResponse:
        """Rotate integration grant and optionally revoke previous token."""
        answer: m.IntegrationRotateResponse = await self._ask("POST", "/api/integration/rotate", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_integration_jwks(self, *, tenantId: str) -> m.IntegrationJWKSResponse:
        """Get tenant active JWKS material for verification."""
        answer: m.IntegrationJWKSResponse = await self._ask("GET", "/api/integration/jwks", query={"tenantId": tenantId})
        return answer

    async def get_integration_fingerprint(self, *, tenantId: str) -> m.IntegrationFingerprintResponse:
        """Get tenant active integration key fingerprints."""
        answer: m.IntegrationFingerprintResponse = await self._ask("GET", "/api/integration/fingerprint", query={"tenantId": tenantId})
        return answer

    async def get_admin_integration_token_revocations(self, *, limit: int | None = None, cursor: str | None = None, tenantId: str | None = None) -> m.IntegrationTokenRevocationList:
        """Admin observability for integration token revocations."""
        answer: m.IntegrationTokenRevocationList = await self._ask("GET", "/api/admin/integration-token-revocations", query={"limit": limit, "cursor": cursor, "tenantId": tenantId})
        return answer

    async def get_integrations(self, *, limit: int | None = None, cursor: str | None = None) -> m.IntegrationList:
        """List active integrations for the current user."""
        answer: m.IntegrationList = await self._ask("GET", "/api/integrations", query={"limit": limit, "cursor": cursor})
        return answer

    async def get_integrations_google_calendar_start(self, *, redirect_to: str | None = None) -> m.GoogleCalendarStartResponse:
        """Start the Google Calendar OAuth flow."""
        answer: m.GoogleCalendarStartResponse = await self._ask("GET", "/api/integrations/google-calendar/start", query={"redirect_to": redirect_to})
        return answer

    async def get_integrations_google_calendar_callback(self, *, state: str, code: str | None = None, error: str | None = None, error_description: str | None = None, scope: str | None = None, authuser: str | None = None, prompt: str | None = None, hd: str | None = None, iss: str | None = None) -> m.ConnectResult:
        """Finish the Google Calendar OAuth flow."""
        answer: m.ConnectResult = await self._ask("GET", "/api/integrations/google-calendar/callback", query={"state": state, "code": code, "error": error, "error_description": error_description, "scope": scope, "authuser": authuser, "prompt": prompt, "hd": hd, "iss": iss})
        return answer

    async def delete_integrations_integration_id(self, integration_id: str) -> None:
        """Disconnect an integration."""
        await self._ask("DELETE", f"/api/integrations/{quote(integration_id, safe='')}")

    async def post_integrations_google_calendar_events(self, body: m.LessonRequest, *, idempotency_key: str | None = None) -> m.CalendarEventResponse:
        """Put a lesson in the calendar."""
        answer: m.CalendarEventResponse = await self._ask("POST", "/api/integrations/google-calendar/events", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_embed(self, *, integration_token: str | None = None) -> bytes:
        """Show the embeddable page."""
        answer: bytes = await self._ask("GET", "/embed", query={"integration_token": integration_token})
        return answer

    async def get_xp_profile(self) -> m.XPProfileResponse:
        """Get my XP profile."""
        answer: m.XPProfileResponse = await self._ask("GET", "/api/xp/profile")
        return answer

    async def get_xp_public_profile_username(self, username: str) -> m.PublicXPProfileResponse:
        """Get a user's public profile."""
        answer: m.PublicXPProfileResponse = await self._ask("GET", f"/api/xp/public-profile/{quote(username, safe='')}")
        return answer

    async def get_xp_streak_status(self) -> m.StreakStatusResponse:
        """Get streak status."""
        answer: m.StreakStatusResponse = await self._ask("GET", "/api/xp/streak-status")
        return answer

    async def get_xp_weekly_activity(self) -> m.WeeklyActivityResponse:
        """Get weekly XP activity."""
        answer: m.WeeklyActivityResponse = await self._ask("GET", "/api/xp/weekly-activity")
        return answer

    async def get_xp_learning_pulse(self) -> m.LearningPulseResponse:
        """Get learning pulse (365-day heatmap)."""
        answer: m.LearningPulseResponse = await self._ask("GET", "/api/xp/learning-pulse")
        return answer

    async def get_xp_quests(self) -> m.QuestsResponse:
        """Get daily quests."""
        answer: m.QuestsResponse = await self._ask("GET", "/api/xp/quests")
        return answer

    async def get_analytics_learning_time(self, *, from_: str | None = None, to: str | None = None) -> m.LearningTimeAnalyticsResponse:
        """Get learning time analytics."""
        answer: m.LearningTimeAnalyticsResponse = await self._ask("GET", "/api/analytics/learning-time", query={"from": from_, "to": to})
        return answer

    async def get_analytics_phonemes(self, *, from_: str | None = None, to: str | None = None) -> m.PhonemeAnalyticsResponse:
        """Get accuracy by phoneme over time."""
        answer: m.PhonemeAnalyticsResponse = await self._ask("GET", "/api/analytics/phonemes", query={"from": from_, "to": to})
        return answer

    async def post_xp_tokens_spend(self, body: m.TokenSpendRequest, *, idempotency_key: str | None = None) -> m.TokenSpendResponse:
        """Spend tokens on a freeze or booster."""
        answer: m.TokenSpendResponse = await self._ask("POST", "/api/xp/tokens/spend", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_webhooks(self, *, limit: int | None = None, cursor: str | None = None, organization_id: str | None = None) -> m.WebhookList:
        """List webhooks."""
        answer: m.WebhookList = await self._ask("GET", "/api/webhooks", query={"limit": limit, "cursor": cursor, "organization_id": organization_id})
        return answer

    async def post_webhooks(self, body: m.WebhookCreateRequest, *, idempotency_key: str | None = None) -> m.WebhookResponse:
        """Create a webhook."""
        answer: m.WebhookResponse = await self._ask("POST", "/api/webhooks", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_webhooks_webhook_id(self, webhook_id: str) -> m.WebhookResponse:
        """Get a webhook."""
        answer: m.WebhookResponse = await self._ask("GET", f"/api/webhooks/{quote(webhook_id, safe='')}")
        return answer

    async def patch_webhooks_webhook_id(self, webhook_id: str, body: m.WebhookUpdateRequest | None = None) -> m.WebhookResponse:
        """Update a webhook."""
        answer: m.WebhookResponse = await self._ask("PATCH", f"/api/webhooks/{quote(webhook_id, safe='')}", body=body or {})
        return answer

    async def delete_webhooks_webhook_id(self, webhook_id: str) -> None:
        """Delete a webhook."""
        await self._ask("DELETE", f"/api/webhooks/{quote(webhook_id, safe='')}")

    async def post_webhooks_webhook_id_rotate(self, webhook_id: str, *, idempotency_key: str | None = None) -> m.WebhookResponse:
        """Rotate a secret."""
        answer: m.WebhookResponse = await self._ask("POST", f"/api/webhooks/{quote(webhook_id, safe='')}/rotate", key=idempotency_key, repeatable=True)
        return answer

    async def post_webhooks_webhook_id_test(self, webhook_id: str, *, idempotency_key: str | None = None) -> m.WebhookDelivery:
        """Send a test event."""
        answer: m.WebhookDelivery = await self._ask("POST", f"/api/webhooks/{quote(webhook_id, safe='')}/test", key=idempotency_key, repeatable=True)
        return answer

    async def get_webhooks_webhook_id_deliveries(self, webhook_id: str, *, limit: int | None = None, cursor: str | None = None, status: Literal["waiting", "delivered", "dead"] | None = None) -> m.WebhookDeliveryList:
        """List deliveries."""
        answer: m.WebhookDeliveryList = await self._ask("GET", f"/api/webhooks/{quote(webhook_id, safe='')}/deliveries", query={"limit": limit, "cursor": cursor, "status": status})
        return answer

    async def get_webhooks_webhook_id_deliveries_delivery_id(self, webhook_id: str, delivery_id: str) -> m.WebhookDeliveryDetail:
        """Get a delivery."""
        answer: m.WebhookDeliveryDetail = await self._ask("GET", f"/api/webhooks/{quote(webhook_id, safe='')}/deliveries/{quote(delivery_id, safe='')}")
        return answer

    async def post_webhooks_webhook_id_deliveries_delivery_id_replay(self, webhook_id: str, delivery_id: str) -> m.WebhookDelivery:
        """Replay a delivery."""
        answer: m.WebhookDelivery = await self._ask("POST", f"/api/webhooks/{quote(webhook_id, safe='')}/deliveries/{quote(delivery_id, safe='')}/replay")
        return answer

    async def post_webhooks_webhook_id_replay(self, webhook_id: str, body: m.WebhookReplayRequest) -> m.WebhookReplayResponse:
        """Replay deliveries."""
        answer: m.WebhookReplayResponse = await self._ask("POST", f"/api/webhooks/{quote(webhook_id, safe='')}/replay", body=body)
        return answer

    async def get_organizations_org_id_assignments(self, org_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.AssignmentList:
        """List assignments of an organization."""
        answer: m.AssignmentList = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/assignments", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_organizations_org_id_assignments(self, org_id: str, body: m.AssignmentCreateRequest, *, idempotency_key: str | None = None) -> m.AssignmentResponse:
        """Give an assignment."""
        answer: m.AssignmentResponse = await self._ask("POST", f"/api/organizations/{quote(org_id, safe='')}/assignments", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def patch_organizations_org_id_assignments_assignment_id(self, org_id: str, assignment_id: str, body: m.AssignmentUpdateRequest) -> m.AssignmentResponse:
        """Update an assignment's due date."""
        answer: m.AssignmentResponse = await self._ask("PATCH", f"/api/organizations/{quote(org_id, safe='')}/assignments/{quote(assignment_id, safe='')}", body=body)
        return answer

    async def delete_organizations_org_id_assignments_assignment_id(self, org_id: str, assignment_id: str) -> None:
        """Delete an assignment."""
        await self._ask("DELETE", f"/api/organizations/{quote(org_id, safe='')}/assignments/{quote(assignment_id, safe='')}")

    async def get_organizations_org_id_assignments_assignment_id_progress(self, org_id: str, assignment_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.AssignmentProgressList:
        """Get an assignment's progress."""
        answer: m.AssignmentProgressList = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/assignments/{quote(assignment_id, safe='')}/progress", query={"limit": limit, "cursor": cursor})
        return answer

    async def get_organizations_org_id_assignments_assignment_id_export(self, org_id: str, assignment_id: str) -> bytes:
        """Export an assignment's results."""
        answer: bytes = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/assignments/{quote(assignment_id, safe='')}/export")
        return answer

    async def get_assignments_mine(self, *, limit: int | None = None, cursor: str | None = None, due_from: str | None = None) -> m.MyAssignmentList:
        """List my assignments."""
        answer: m.MyAssignmentList = await self._ask("GET", "/api/assignments/mine", query={"limit": limit, "cursor": cursor, "due_from": due_from})
        return answer

    async def get_organizations_org_id_class(self, org_id: str, *, limit: int | None = None, cursor: str | None = None, team: str | None = None) -> m.ClassList:
        """Get the class."""
        answer: m.ClassList = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/class", query={"limit": limit, "cursor": cursor, "team": team})
        return answer

    async def get_organizations_org_id_class_export(self, org_id: str, *, team: str | None = None) -> bytes:
        """Export the class."""
        answer: bytes = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/class/export", query={"team": team})
        return answer

    async def get_core_conversations(self, *, limit: int | None = None, cursor: str | None = None) -> m.ConversationList:
        """List conversations for the current user."""
        answer: m.ConversationList = await self._ask("GET", "/api/core/conversations", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_core_conversations(self, body: m.ConversationCreateRequest | None = None, *, idempotency_key: str | None = None) -> m.ConversationResponse:
        """Create a conversation."""
        answer: m.ConversationResponse = await self._ask("POST", "/api/core/conversations", body=body or {}, key=idempotency_key, repeatable=True)
        return answer

    async def delete_core_conversations_conversation_id(self, conversation_id: str) -> None:
        """Delete a conversation."""
        await self._ask("DELETE", f"/api/core/conversations/{quote(conversation_id, safe='')}")

    async def get_core_conversations_conversation_id_messages(self, conversation_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.ConversationMessageList:
        """Get messages for a conversation."""
        answer: m.ConversationMessageList = await self._ask("GET", f"/api/core/conversations/{quote(conversation_id, safe='')}/messages", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_core_conversations_conversation_id_session_start(self, conversation_id: str, *, idempotency_key: str | None = None) -> m.CoreConversationSessionStartResponse:
        """Start a conversation session."""
        answer: m.CoreConversationSessionStartResponse = await self._ask("POST", f"/api/core/conversations/{quote(conversation_id, safe='')}/session/start", key=idempotency_key, repeatable=True)
        return answer

    async def post_core_conversations_conversation_id_session_activity(self, conversation_id: str, body: m.CoreConversationSessionActivityRequest | None = None) -> m.CoreConversationSessionActivityResponse:
        """Update session activity."""
        answer: m.CoreConversationSessionActivityResponse = await self._ask("POST", f"/api/core/conversations/{quote(conversation_id, safe='')}/session/activity", body=body or {})
        return answer

    async def post_core_conversations_conversation_id_session_end(self, conversation_id: str, *, idempotency_key: str | None = None) -> m.CoreConversationSessionEndResponse:
        """End a conversation session."""
        answer: m.CoreConversationSessionEndResponse = await self._ask("POST", f"/api/core/conversations/{quote(conversation_id, safe='')}/session/end", key=idempotency_key, repeatable=True)
        return answer

    async def get_core_conversations_conversation_id_session_status(self, conversation_id: str) -> m.CoreConversationSessionStatusResponse:
        """Get current session status."""
        answer: m.CoreConversationSessionStatusResponse = await self._ask("GET", f"/api/core/conversations/{quote(conversation_id, safe='')}/session/status")
        return answer

    async def get_core_notes(self, *, limit: int | None = None, cursor: str | None = None, tag: str | None = None, conversation_id: str | None = None) -> m.NoteList:
        """List notes."""
        answer: m.NoteList = await self._ask("GET", "/api/core/notes", query={"limit": limit, "cursor": cursor, "tag": tag, "conversation_id": conversation_id})
        return answer

    async def post_core_notes(self, body: m.NoteCreate, *, idempotency_key: str | None = None) -> m.NoteResponse:
        """Create a note."""
        answer: m.NoteResponse = await self._ask("POST", "/api/core/notes", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def put_core_notes_note_id(self, note_id: str, body: m.NoteUpdate | None = None) -> m.NoteResponse:
        """Update a note."""
        answer: m.NoteResponse = await self._ask("PUT", f"/api/core/notes/{quote(note_id, safe='')}", body=body or {})
        return answer

    async def delete_core_notes_note_id(self, note_id: str) -> None:
        """Delete a note."""
        await self._ask("DELETE", f"/api/core/notes/{quote(note_id, safe='')}")

    async def get_core_search(self, *, q: str, type: Literal["all", "conversation", "message", "note"] | None = None, limit: int | None = None) -> m.CoreSearchResponse:
        """Search indexed user content."""
        answer: m.CoreSearchResponse = await self._ask("GET", "/api/core/search", query={"q": q, "type": type, "limit": limit})
        return answer

    async def get_core_search_status(self) -> m.TypesenseStatusResponse:
        """Search infrastructure status."""
        answer: m.TypesenseStatusResponse = await self._ask("GET", "/api/core/search/status")
        return answer

    async def post_core_search_reindex(self, body: m.TypesenseReindexRequest | None = None, *, idempotency_key: str | None = None) -> m.SearchReindexResponse:
        """Rebuild search index."""
        answer: m.SearchReindexResponse = await self._ask("POST", "/api/core/search/reindex", body=body or {}, key=idempotency_key, repeatable=True)
        return answer

    async def post_knowledge_search(self, body: m.KnowledgeSearchRequest) -> m.KnowledgeSearchResponse:
        """Search the knowledge base."""
        answer: m.KnowledgeSearchResponse = await self._ask("POST", "/api/knowledge/search", body=body)
        return answer

    async def get_rag_documents(self, *, limit: int | None = None, cursor: str | None = None, conversation_id: str | None = None) -> m.RagDocumentList:
        """List documents."""
        answer: m.RagDocumentList = await self._ask("GET", "/api/rag/documents", query={"limit": limit, "cursor": cursor, "conversation_id": conversation_id})
        return answer

    async def post_rag_documents(self, body: m.RagDocumentUpload, *, idempotency_key: str | None = None) -> m.RagUploadResponse:
        """Upload document."""
        answer: m.RagUploadResponse = await self._ask("POST", "/api/rag/documents", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def delete_rag_documents_document_id(self, document_id: str) -> None:
        """Delete a document."""
        await self._ask("DELETE", f"/api/rag/documents/{quote(document_id, safe='')}")

    async def post_rag_query(self, body: m.RagQueryRequest) -> m.RagQueryResponse:
        """Query knowledge."""
        answer: m.RagQueryResponse = await self._ask("POST", "/api/rag/query", body=body)
        return answer

    async def get_ai_providers(self) -> m.ProviderList:
        """List available AI providers."""
        answer: m.ProviderList = await self._ask("GET", "/api/ai/providers")
        return answer

    async def post_ai_generate(self, body: m.ChatRequest, *, idempotency_key: str | None = None) -> m.ChatResponse:
        """Generate an AI response."""
        answer: m.ChatResponse = await self._ask("POST", "/api/ai/generate", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_health(self) -> m.HealthResponse:
        """Health check."""
        answer: m.HealthResponse = await self._ask("GET", "/api/health")
        return answer

    async def get_health_detailed(self) -> m.DetailedHealthResponse:
        """Detailed health check."""
        answer: m.DetailedHealthResponse = await self._ask("GET", "/api/health/detailed")
        return answer

    async def get_live_quota(self) -> m.LiveQuotaResponse:
        """Get the remaining live minutes."""
        answer: m.LiveQuotaResponse = await self._ask("GET", "/api/live/quota")
        return answer

    async def get_live_ice_servers(self) -> m.IceServers:
        """Get STUN and TURN servers."""
        answer: m.IceServers = await self._ask("GET", "/api/live/ice-servers")
        return answer

    async def post_live_session_start(self, body: m.LiveStartSessionRequest, *, idempotency_key: str | None = None) -> m.LiveSessionResponse:
        """Start a live session."""
        answer: m.LiveSessionResponse = await self._ask("POST", "/api/live/session/start", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_live_session_heartbeat(self, body: m.LiveHeartbeatRequest) -> m.LiveSessionHeartbeatResponse:
        """Update an active live session heartbeat."""
        answer: m.LiveSessionHeartbeatResponse = await self._ask("POST", "/api/live/session/heartbeat", body=body)
        return answer

    async def post_live_session_end(self, body: m.LiveEndRequest, *, idempotency_key: str | None = None) -> m.LiveSessionEndResponse:
        """End a live session."""
        answer: m.LiveSessionEndResponse = await self._ask("POST", "/api/live/session/end", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def patch_live_nickname(self, body: m.LiveNicknameRequest) -> m.LiveNicknameResponse:
        """Update the nickname that live sessions show."""
        answer: m.LiveNicknameResponse = await self._ask("PATCH", "/api/live/nickname", body=body)
        return answer

    async def get_live_transcripts(self, *, limit: int | None = None, cursor: str | None = None) -> m.LiveTranscriptListResponse:
        """List live transcripts for the current user."""
        answer: m.LiveTranscriptListResponse = await self._ask("GET", "/api/live/transcripts", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_live_transcripts(self, body: m.SaveLiveTranscriptsRequest, *, idempotency_key: str | None = None) -> m.LiveTranscriptSaveResponse:
        """Save live session transcripts."""
        answer: m.LiveTranscriptSaveResponse = await self._ask("POST", "/api/live/transcripts", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_live_transcripts_transcript_id(self, transcript_id: str, *, format: Literal["srt", "vtt", "txt"] | None = None) -> m.LiveTranscriptDetailResponse:
        """Get a single live transcript."""
        answer: m.LiveTranscriptDetailResponse = await self._ask("GET", f"/api/live/transcripts/{quote(transcript_id, safe='')}", query={"format": format})
        return answer

    async def get_live_recordings(self, *, limit: int | None = None, cursor: str | None = None) -> m.LiveRecordingListResponse:
        """List recordings of live sessions."""
        answer: m.LiveRecordingListResponse = await self._ask("GET", "/api/live/recordings", query={"limit": limit, "cursor": cursor})
        return answer

    async def get_live_recordings_session_id(self, session_id: str) -> bytes:
        """Get the recording of a live session."""
        answer: bytes = await self._ask("GET", f"/api/live/recordings/{quote(session_id, safe='')}")
        return answer

    async def delete_live_recordings_session_id(self, session_id: str) -> None:
        """Delete the recording of a live session."""
        await self._ask("DELETE", f"/api/live/recordings/{quote(session_id, safe='')}")

    async def post_v1_realtime_client_secrets(self, body: m.ClientSecretRequest) -> m.ClientSecret:
        """Make a key for a page."""
        answer: m.ClientSecret = await self._ask("POST", "/v1/realtime/client_secrets", body=body)
        return answer

    async def get_learn_english_modules(self) -> m.XELModuleList:
        """List modules with my progress."""
        answer: m.XELModuleList = await self._ask("GET", "/api/learn/english/modules")
        return answer

    async def get_learn_english_modules_module_id(self, module_id: str) -> m.XELModuleDetail:
        """Get a module."""
        answer: m.XELModuleDetail = await self._ask("GET", f"/api/learn/english/modules/{quote(module_id, safe='')}")
        return answer

    async def post_learn_english_modules_module_id_start(self, module_id: str, *, idempotency_key: str | None = None) -> m.XELModuleStartResponse:
        """Start a module."""
        answer: m.XELModuleStartResponse = await self._ask("POST", f"/api/learn/english/modules/{quote(module_id, safe='')}/start", key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_modules_module_id_complete(self, module_id: str, *, idempotency_key: str | None = None) -> m.XELModuleCompleteResponse:
        """Complete a module."""
        answer: m.XELModuleCompleteResponse = await self._ask("POST", f"/api/learn/english/modules/{quote(module_id, safe='')}/complete", key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_tasks_submit(self, body: m.XELTaskSubmissionRequest, *, idempotency_key: str | None = None) -> m.XELTaskSubmissionResponse:
        """Submit a learning task response."""
        answer: m.XELTaskSubmissionResponse = await self._ask("POST", "/api/learn/english/tasks/submit", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_tasks_regenerate(self, body: m.XELTaskRegenerateRequest, *, idempotency_key: str | None = None) -> m.XELTaskRegenerateResponse:
        """Regenerate a task variant."""
        answer: m.XELTaskRegenerateResponse = await self._ask("POST", "/api/learn/english/tasks/regenerate", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_evaluate(self, body: m.XELEvaluationRequest | m.XELEvaluationUpload, *, idempotency_key: str | None = None) -> m.XELEvaluationResponse:
        """Run AI evaluation for speaking or writing."""
        answer: m.XELEvaluationResponse = await self._ask("POST", "/api/learn/english/evaluate", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_sessions_start(self, body: m.XELSessionStartRequest | None = None, *, idempotency_key: str | None = None) -> m.XELSessionStartResponse:
        """Start a learning session."""
        answer: m.XELSessionStartResponse = await self._ask("POST", "/api/learn/english/sessions/start", body=body or {}, key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_sessions_end(self, body: m.XELSessionEndRequest, *, idempotency_key: str | None = None) -> m.XELSessionEndResponse:
        """End a learning session."""
        answer: m.XELSessionEndResponse = await self._ask("POST", "/api/learn/english/sessions/end", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_transcripts(self, body: m.XELTranscriptSaveRequest, *, idempotency_key: str | None = None) -> m.XELTranscriptSaveResponse:
        """Save a transcript entry."""
        answer: m.XELTranscriptSaveResponse = await self._ask("POST", "/api/learn/english/transcripts", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_learn_english_transcripts_session_id(self, session_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.XELTranscriptList:
        """Get transcripts for a session."""
        answer: m.XELTranscriptList = await self._ask("GET", f"/api/learn/english/transcripts/{quote(session_id, safe='')}", query={"limit": limit, "cursor": cursor})
        return answer

    async def get_learn_english_xpi(self) -> m.XELXpiResponse:
        """Get current XPI breakdown."""
        answer: m.XELXpiResponse = await self._ask("GET", "/api/learn/english/xpi")
        return answer

    async def get_learn_english_xpi_history(self, *, limit: int | None = None, cursor: str | None = None, from_: str | None = None, to: str | None = None) -> m.XELXpiHistory:
        """Get XPI history."""
        answer: m.XELXpiHistory = await self._ask("GET", "/api/learn/english/xpi/history", query={"limit": limit, "cursor": cursor, "from": from_, "to": to})
        return answer

    async def get_learn_english_dashboard(self) -> m.XELDashboardResponse:
        """Get the dashboard."""
        answer: m.XELDashboardResponse = await self._ask("GET", "/api/learn/english/dashboard")
        return answer

    async def get_learn_english_audio_audio_id(self, audio_id: str) -> bytes:
        """Get a recording or listening audio."""
        answer: bytes = await self._ask("GET", f"/api/learn/english/audio/{quote(audio_id, safe='')}")
        return answer

    async def delete_learn_english_audio_audio_id(self, audio_id: str) -> None:
        """Delete a recording."""
        await self._ask("DELETE", f"/api/learn/english/audio/{quote(audio_id, safe='')}")

    async def get_learn_english_review(self, *, limit: int | None = None) -> m.XELReviewResponse:
        """Get what to repeat today."""
        answer: m.XELReviewResponse = await self._ask("GET", "/api/learn/english/review", query={"limit": limit})
        return answer

    async def get_learn_english_placement(self) -> m.XELPlacementResponse:
        """Get my placement."""
        answer: m.XELPlacementResponse = await self._ask("GET", "/api/learn/english/placement")
        return answer

    async def post_learn_english_placement_start(self, body: m.XELPlacementStartRequest | None = None, *, idempotency_key: str | None = None) -> m.XELPlacementResponse:
        """Start or resume a placement."""
        answer: m.XELPlacementResponse = await self._ask("POST", "/api/learn/english/placement/start", body=body or {}, key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_placement_answer(self, body: m.XELPlacementAnswerRequest, *, idempotency_key: str | None = None) -> m.XELPlacementResponse:
        """Answer a question of the placement."""
        answer: m.XELPlacementResponse = await self._ask("POST", "/api/learn/english/placement/answer", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def post_learn_english_placement_skip(self, *, idempotency_key: str | None = None) -> m.XELPlacementResponse:
        """Skip the placement."""
        answer: m.XELPlacementResponse = await self._ask("POST", "/api/learn/english/placement/skip", key=idempotency_key, repeatable=True)
        return answer

    async def get_organizations_org_id_assignments_assignment_id_progress_target_user_id(self, org_id: str, assignment_id: str, target_user_id: str, *, limit: int | None = None, cursor: str | None = None) -> m.XELLearnerAnswerList:
        """Get a learner's answers to an assignment."""
        answer: m.XELLearnerAnswerList = await self._ask("GET", f"/api/organizations/{quote(org_id, safe='')}/assignments/{quote(assignment_id, safe='')}/progress/{quote(target_user_id, safe='')}", query={"limit": limit, "cursor": cursor})
        return answer

    async def post_learn_english_texts_preview(self, body: m.XELTextRequest) -> m.XELTextPreview:
        """See what a text would become."""
        answer: m.XELTextPreview = await self._ask("POST", "/api/learn/english/texts/preview", body=body)
        return answer

    async def post_learn_english_texts(self, body: m.XELTextRequest, *, idempotency_key: str | None = None) -> m.XELOwnModule:
        """Make a module of a text."""
        answer: m.XELOwnModule = await self._ask("POST", "/api/learn/english/texts", body=body, key=idempotency_key, repeatable=True)
        return answer

    async def get_learn_english_texts(self, *, organization_id: str, limit: int | None = None, cursor: str | None = None) -> m.XELOwnModuleList:
        """List modules made of texts."""
        answer: m.XELOwnModuleList = await self._ask("GET", "/api/learn/english/texts", query={"organization_id": organization_id, "limit": limit, "cursor": cursor})
        return answer

    async def get_learn_english_texts_module_id(self, module_id: str) -> m.XELTextPreview:
        """Get a module made of a text, with its key."""
        answer: m.XELTextPreview = await self._ask("GET", f"/api/learn/english/texts/{quote(module_id, safe='')}")
        return answer

    async def delete_learn_english_texts_module_id(self, module_id: str) -> None:
        """Delete a module made of a text."""
        await self._ask("DELETE", f"/api/learn/english/texts/{quote(module_id, safe='')}")

    async def get_v1_models(self) -> m.ModelObjectList:
        """List models."""
        answer: m.ModelObjectList = await self._ask("GET", "/v1/models")
        return answer

    async def get_v1_models_model(self, model: str) -> m.ModelObject:
        """Look at a model."""
        answer: m.ModelObject = await self._ask("GET", f"/v1/models/{quote(model, safe='')}")
        return answer

    async def post_v1_audio_transcriptions(self, body: m.TranscriptionForm) -> m.Transcription | m.VerboseTranscription:
        """Transcribe a recording."""
        answer: m.Transcription | m.VerboseTranscription = await self._ask("POST", "/v1/audio/transcriptions", body=body)
        return answer

    async def post_v1_audio_translations(self, body: m.TranslationForm) -> m.Transcription | m.VerboseTranscription:
        """Translate a recording to English."""
        answer: m.Transcription | m.VerboseTranscription = await self._ask("POST", "/v1/audio/translations", body=body)
        return answer

    async def post_v1_audio_speech(self, body: m.SpeechRequest) -> bytes:
        """Speak a text."""
        answer: bytes = await self._ask("POST", "/v1/audio/speech", body=body)
        return answer

    async def post_v1_chat_completions(self, body: m.ChatCompletionRequest) -> m.ChatCompletion:
        """Answer a conversation."""
        answer: m.ChatCompletion = await self._ask("POST", "/v1/chat/completions", body=body)
        return answer

    async def post_v1_embeddings(self, body: m.EmbeddingRequest) -> m.EmbeddingList:
        """Embed texts."""
        answer: m.EmbeddingList = await self._ask("POST", "/v1/embeddings", body=body)
        return answer

    async def get_speech(self, *, text: str, voice: str | None = None, rate: float | None = None) -> bytes:
        """Speak a text."""
        answer: bytes = await self._ask("GET", "/api/speech", query={"text": text, "voice": voice, "rate": rate})
        return answer

    async def get_speech_marks(self, *, text: str, voice: str | None = None, rate: float | None = None) -> m.SpeechMarks:
        """Get the times of a spoken text."""
        answer: m.SpeechMarks = await self._ask("GET", "/api/speech/marks", query={"text": text, "voice": voice, "rate": rate})
        return answer

    async def get_speech_voices(self) -> m.SpeechVoiceList:
        """List the voices."""
        answer: m.SpeechVoiceList = await self._ask("GET", "/api/speech/voices")
        return answer

    async def delete_live_whip_line_id(self, line_id: str) -> None:
        """End the media."""
        await self._ask("DELETE", f"/api/live/whip/{quote(line_id, safe='')}")

    async def post_v1_realtime_calls_call_id_hangup(self, call_id: str) -> None:
        """Hang up."""
        await self._ask("POST", f"/v1/realtime/calls/{quote(call_id, safe='')}/hangup")
