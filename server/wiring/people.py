"""Administration of people put together: for the API and for the command line."""

from api.auth.admin.directory import Directory
from api.auth.admin.entrance_routes import EntranceRoutes
from api.auth.admin.importing import Importing
from api.auth.admin.routes import PeopleRoutes
from api.auth.admin.service import Administration
from api.auth.attempts import Attempts
from api.auth.entrance import Entrance
from api.auth.letters import Letters
from api.auth.ports import Disabling
from api.auth.service import Accounts
from api.integration.subjects import Subjects
from kit.export import Exporting
from kit.http.operation import Operation
from server.resources import Resources


class People:
    """What `/api/admin` and `run.py admin` do."""

    def __init__(
        self,
        r: Resources,
        accounts: Accounts,
        entrance: Entrance,
        tries: Attempts,
        letters: Letters,
        disabling: list[Disabling],
    ) -> None:
        self.base = (r.settings.public_url or "").rstrip("/")
        self.entrance = entrance
        self.links = letters.links
        self.directory = Directory(r.database, Subjects())
        self.administration = Administration(r.database, r.clock, accounts, tries, letters, disabling)
        self.importing = Importing(r.database, self.administration)
        self.exporting = Exporting(r.database, "users")

    def operations(self) -> list[Operation]:
        return [
            *PeopleRoutes(self.directory, self.administration, self.importing, self.exporting, self.base).operations(),
            *EntranceRoutes(self.administration, self.entrance, self.links, self.base).operations(),
        ]
