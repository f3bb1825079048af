"""The operations of organizations, their members, and tenants."""

from typing import Any

from api.organizations import schemas
from api.organizations.invitations import Invitations
from api.organizations.models import Member, Organization
from api.organizations.render import asking, invited, member
from api.organizations.rules import Standing
from api.organizations.service import Organizations
from kit import paging
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Id, Paging

_TAG = "Organizations"
_ONE = "/api/organizations/{org_id}"
_MEMBER = "/api/organizations/{org_id}/members/{target_user_id}"


class OrganizationRoutes:
    """The operations of organizations and members."""

    def __init__(self, organizations: Organizations, invitations: Invitations) -> None:
        self._organizations = organizations
        self._invitations = invitations

    async def listing(self, call: Call, query: Paging) -> schemas.OrganizationList:
        """The organizations that the caller belongs to; for a key of an organization, that one only."""
        before = paging.id_in(query.cursor)
        found = await self._organizations.listing(call.caller, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        return schemas.OrganizationList(items=[_organization(each) for each in shown], next_cursor=following)

    async def create(self, call: Call, body: schemas.OrganizationCreateRequest) -> schemas.OrganizationResponse:
        """Make an organization. The caller becomes its owner."""
        made = await self._organizations.create(asking(call), body.name, body.slug, body.description)
        return _organization(made)

    async def get(self, call: Call, org_id: Id) -> schemas.OrganizationResponse:
        """One organization of the caller's."""
        return _organization(await self._organizations.get(call.caller, org_id))

    async def update(
        self, call: Call, org_id: Id, body: schemas.OrganizationUpdateRequest
    ) -> schemas.OrganizationResponse:
        """Change what is given. For owners and admins."""
        changes = body.model_dump(exclude_unset=True)
        return _organization(await self._organizations.update(asking(call), org_id, changes))

    async def delete(self, call: Call, org_id: Id) -> None:
        """Delete an organization with its memberships, API keys and integration tokens. For owners."""
        await self._organizations.delete(asking(call), org_id)

    async def members(self, call: Call, org_id: Id, query: Paging) -> schemas.MemberList:
        """Who belongs to the organization."""
        after = paging.place_in(query.cursor)
        found = await self._organizations.members(call.caller, org_id, after, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_place(each.joined_at, each.user_id))
        return schemas.MemberList(items=[member(each) for each in shown], next_cursor=following)

    async def add_member(self, call: Call, org_id: Id, body: schemas.MemberAddRequest) -> schemas.MemberResponse:
        """Invite a person, who becomes a member by accepting; the answer does not reveal whether there is such an
        account. Learners of the organization's own site, whose accounts it created, are members at once. A role above
        the caller's own is refused; team managers invite to their own team."""
        new = Standing(body.role, body.team)
        made = await self._invitations.add_member(asking(call), org_id, body.user, new)
        return member(made) if isinstance(made, Member) else invited(made)

    async def set_role(
        self, call: Call, org_id: Id, target_user_id: Id, body: schemas.MemberRoleRequest
    ) -> schemas.MemberResponse:
        """Change a role. The last owner stays one."""
        return member(await self._organizations.set_role(asking(call), org_id, target_user_id, body.role))

    async def set_all(
        self, call: Call, org_id: Id, target_user_id: Id, body: schemas.MemberUpdateRequest
    ) -> schemas.MemberResponse:
        """Set role and team at once; another organization_id moves the member there, as soon as they accept."""
        to = Standing(body.role, body.team)
        found, asked = await self._organizations.set_all(asking(call), org_id, target_user_id, to, body.organization_id)
        return member(found) if asked is None else member(found, asked)

    async def remove_member(self, call: Call, org_id: Id, target_user_id: Id) -> None:
        """Remove a member, or leave. API keys of the member in this organization end with the membership."""
        await self._organizations.remove_member(asking(call), org_id, target_user_id)

    async def tenants(self, call: Call, query: Paging) -> schemas.TenantList:
        """The organizations in whose name the caller can make API keys and integration tokens."""
        before = paging.id_in(query.cursor)
        found = await self._organizations.listing(call.caller, before, query.limit + 1)
        shown, following = paging.cut(found, query.limit, lambda each: paging.of_id(each.id))
        items = [schemas.TenantResponse.model_validate(each, from_attributes=True) for each in shown]
        return schemas.TenantList(items=items, next_cursor=following)

    def operations(self) -> list[Operation]:
        read: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:read"}
        write: dict[str, Any] = {"access": Access.BEARER_OR_KEY, "scope": "organizations:write"}
        return [
            Operation(
                "GET", "/api/organizations", self.listing, "List organizations for the current user", _TAG, **read
            ),
            Operation(
                "POST",
                "/api/organizations",
                self.create,
                "Create an organization",
                _TAG,
                **write,
                status=201,
                errors=(409,),
                idempotent=True,
            ),
            Operation("GET", _ONE, self.get, "Get organization details", _TAG, **read),
            Operation("PATCH", _ONE, self.update, "Update organization details", _TAG, **write, errors=(409,)),
            Operation("DELETE", _ONE, self.delete, "Delete an organization", _TAG, **write, status=204),
            Operation("GET", f"{_ONE}/members", self.members, "List organization members", _TAG, **read),
            Operation(
                "POST",
                f"{_ONE}/members",
                self.add_member,
                "Add a member to an organization",
                _TAG,
                **write,
                status=201,
                errors=(409,),
                idempotent=True,
            ),
            Operation("PATCH", _MEMBER, self.set_role, "Update a member's role", _TAG, **write, errors=(409,)),
            Operation(
                "PUT",
                _MEMBER,
                self.set_all,
                "Comprehensive member update (role, organization, team)",
                _TAG,
                **write,
                errors=(409,),
            ),
            Operation(
                "DELETE",
                _MEMBER,
                self.remove_member,
                "Remove a member from an organization",
                _TAG,
                **write,
                status=204,
                errors=(409,),
            ),
            Operation("GET", "/api/tenants", self.tenants, "List tenants", "API Keys", Access.BEARER),
        ]


def _organization(organization: Organization) -> schemas.OrganizationResponse:
    return schemas.OrganizationResponse.model_validate(organization, from_attributes=True)
