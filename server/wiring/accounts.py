"""Accounts, organizations, keys and tokens put together: everything that identifies a caller."""

from pathlib import Path
from urllib.parse import urlsplit

from api.api_keys.routes import ApiKeyRoutes
from api.api_keys.service import ApiKeys
from api.auth.attempts import Allowance, Attempts, SharedAddresses
from api.auth.entrance import Doors, Entrance
from api.auth.guests import Guests
from api.auth.letters import Letters, Sender
from api.auth.link_routes import LinkRoutes
from api.auth.links import Links
from api.auth.models import Lifetimes
from api.auth.oidc import routes as oidc_routes
from api.auth.oidc.models import ProviderSettings
from api.auth.oidc.provider import Provider
from api.auth.oidc.routes import ProviderRoutes
from api.auth.oidc.service import ProviderSignIns
from api.auth.pages import PageRoutes
from api.auth.ports import Disabling, Leaving
from api.auth.recovery import Recovery
from api.auth.routes import AuthRoutes
from api.auth.service import Accounts
from api.auth.sessions import SignIns
from api.auth.standing import Standing
from api.health.service import Check, Finding
from api.integration.embed import EmbedRoutes
from api.integration.keyring import Keyring
from api.integration.routes import IntegrationRoutes
from api.integration.service import IntegrationTokens
from api.integration.verification import Verification
from api.organizations.invitation_routes import InvitationRoutes
from api.organizations.invitations import Invitations
from api.organizations.link_routes import InvitationLinkRoutes
from api.organizations.links import InvitationLinks
from api.organizations.ports import Dissolving
from api.organizations.routes import OrganizationRoutes
from api.organizations.service import Organizations
from api.skills import routes as skills_routes
from api.skills.google import Google, GoogleSettings
from api.skills.routes import SkillsRoutes
from api.skills.service import Skills
from kit import periodic
from kit.http.repeats import Repeats
from kit.mail import Mailer, Smtp
from server.resources import Resources
from server.wiring.credentials import Credentials
from server.wiring.part import Part
from server.wiring.people import People

_EMBED_PAGE = Path(__file__).parents[2] / "static" / "embed.html"
_HOUSEKEEPING_SECONDS = 600


class Platform:
    """`credentials` and `repeats` guard the node; `part` is what it adds, and makes `people`."""

    def __init__(self, r: Resources) -> None:
        self._r = r
        shared = SharedAddresses(r.settings.shared_addresses)
        self._entrance = Entrance(r.database, r.clock, _doors(r), shared)
        self._tries = Attempts(r.database, r.clock, Allowance(), shared)
        self._sign_ins = SignIns(r.database, r.clock, r.signer, r.sealer, self._tries, Lifetimes())
        by_provider = r.database, r.clock, r.sealer, self._sign_ins, self._entrance, _provider(r)
        self._by_provider = ProviderSignIns(*by_provider)
        self._dissolving: list[Dissolving] = []
        self._organizations = Organizations(r.database, r.clock, self._dissolving)
        self._api_keys = ApiKeys(r.database, r.clock, self._organizations)
        self._verification = Verification(r.database, r.clock)
        service_key = r.settings.service_key.get_secret_value() if r.settings.service_key else None
        standing = Standing(r.database)
        self.credentials = Credentials(self._sign_ins, self._api_keys, self._verification, standing, service_key)
        self.repeats = Repeats(r.database, r.clock, r.sealer)

    def part(self, leaving: list[Leaving]) -> Part:
        """`leaving` may still grow; all its hooks are called when an account is deleted."""
        r, mailer = self._r, _mailer(self._r)
        letters = _letters(r, mailer)
        accounts = Accounts(r.database, r.clock, self._sign_ins, self._entrance, letters, leaving)
        granting = Keyring(r.database, r.clock, r.sealer), self._verification, self._organizations, self._api_keys
        tokens = IntegrationTokens(r.database, r.clock, *granting, Guests(r.clock))
        self._dissolving.append(tokens.dissolving)
        hooks: list[Disabling] = [tokens.disabling, self._organizations.disabling]
        self.people = People(r, accounts, self._entrance, self._tries, letters, hooks)
        skills = Skills(r.database, r.clock, r.sealer, r.jobs, _google(r), r.settings.cors_origins)
        sweeps = {"sign-ins": self._sign_ins.sweep, "repeats": self.repeats.sweep, "tokens": tokens.sweep}
        invitations, joining = Invitations(r.database, r.clock), InvitationLinks(r.database, r.clock)
        sweeps |= {"connections": skills.sweep, "invitations": invitations.sweep, "invitation links": joining.sweep}
        sweeps |= {"links": letters.links.sweep, "guests": self._entrance.sweep, "providers": self._by_provider.sweep}
        return Part(
            operations=[
                *AuthRoutes(accounts, self._sign_ins, self.people.exporting).operations(),
                *PageRoutes(accounts, self._sign_ins).operations(),
                *ProviderRoutes(self._by_provider, self.people.base).operations(),
                *self._by_link(letters, accounts).operations(),
                *self.people.operations(),
                *OrganizationRoutes(self._organizations, invitations).operations(),
                *InvitationRoutes(invitations).operations(),
                *InvitationLinkRoutes(joining).operations(),
                *ApiKeyRoutes(self._api_keys).operations(),
                *IntegrationRoutes(tokens, self._verification).operations(),
                *SkillsRoutes(skills).operations(),
                *EmbedRoutes(self._verification, _EMBED_PAGE).operations(),
            ],
            starts=[
                self._start_repeats,
                *(
                    periodic.starter(r.tasks, f"sweep {name}", _HOUSEKEEPING_SECONDS, sweep)
                    for name, sweep in sweeps.items()
                ),
            ],
            checks=[_mail_check(mailer)] if mailer is not None else [],
            leaving=[self._organizations.leaving, skills.leaving, self.repeats.leaving],
        )

    def _by_link(self, letters: Letters, accounts: Accounts) -> LinkRoutes:
        recovery = Recovery(self._r.database, self._r.clock, letters.links, self._tries)
        return LinkRoutes(recovery, letters.links, self._entrance, letters, accounts, self._by_provider.name)

    async def _start_repeats(self) -> None:
        self.repeats.start(self._r.tasks)


def _mailer(r: Resources) -> Mailer | None:
    s = r.settings
    if s.smtp_host is None or s.smtp_sender is None:
        return None
    password = s.smtp_password.get_secret_value() if s.smtp_password is not None else None
    return Mailer(Smtp(s.smtp_host, s.smtp_port, s.smtp_security, s.smtp_sender, s.smtp_user, password))


def _letters(r: Resources, mailer: Mailer | None) -> Letters:
    sender = Sender(mailer, (r.settings.public_url or "").rstrip("/"), r.settings.contact)
    return Letters(r.database, r.clock, r.jobs, r.sealer, Links(r.database, r.clock), sender)


def _mail_check(mailer: Mailer) -> Check:
    async def look() -> Finding:
        if mailer.trouble is None:
            return Finding("ok", "no letter failed")
        return Finding("degraded", f"the last letter was not taken ({mailer.trouble}): check PARLEY_SMTP_*")

    return Check("mail", False, look)


def _provider(r: Resources) -> Provider | None:
    s = r.settings
    if s.oidc_issuer is None or s.oidc_client_id is None:
        return None
    settings = ProviderSettings(
        name=s.oidc_name or urlsplit(s.oidc_issuer).hostname or s.oidc_issuer,
        issuer=s.oidc_issuer,
        client_id=s.oidc_client_id,
        client_secret=s.oidc_client_secret.get_secret_value() if s.oidc_client_secret is not None else None,
        scopes=s.oidc_scopes,
        redirect_uri=f"{(s.public_url or '').rstrip('/')}{oidc_routes.CALLBACK}",
        trusts_addresses=s.oidc_trust_addresses,
    )
    return Provider(settings, r.outbound, r.clock)


def _doors(r: Resources) -> Doors:
    s = r.settings
    return Doors(s.registration == "open", s.guests == "open", s.guests_a_day)


def _google(r: Resources) -> Google | None:
    s = r.settings
    if s.google_client_id is None or s.google_client_secret is None:
        return None
    base = s.public_url or f"http://{s.host}:{s.port}"
    settings = GoogleSettings(
        client_id=s.google_client_id,
        client_secret=s.google_client_secret.get_secret_value(),
        redirect_uri=base.rstrip("/") + skills_routes.CALLBACK,
        accounts_url=s.google_accounts_url,
        oauth_url=s.google_oauth_url,
        api_url=s.google_api_url,
    )
    return Google(settings, r.outbound)
