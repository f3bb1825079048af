"""A school: an organization with people in every role, who use the public API."""

from dataclasses import dataclass
from typing import Any

from tests.support.node import Account, Parley

DUE = "2026-12-01T18:00:00Z"
EVERYBODY = {"kind": "organization"}
TEXT = {"kind": "text", "title": "The lake", "text": "On Sunday we took the train to the lake."}
MODULE = {"kind": "module", "module_id": "a1-meeting-people"}


@dataclass
class School:
    node: Parley
    owner: Account
    id: str

    @classmethod
    async def found(cls, node: Parley, slug: str = "school") -> "School":
        owner = await node.account(f"owner-of-{slug}".replace("-", "_"))
        school = cls(node, owner, "")
        school.id = (await school.ask("POST", "/api/organizations", json={"name": "School", "slug": slug}))["id"]
        return school

    async def joined(self, username: str, **standing: Any) -> Account:
        account = await self.node.account(username)
        await self.node.member(self.owner, self.id, account, **standing)
        return account

    async def send(self, method: str, path: str, who: Account | None = None, **rest: Any) -> tuple[int, Any]:
        headers = {**(who or self.owner).headers, **rest.pop("headers", {})}
        async with self.node.client.request(method, path, headers=headers, **rest) as response:
            return response.status, (await response.json() if response.status != 204 else None)

    async def ask(self, method: str, path: str, who: Account | None = None, **rest: Any) -> Any:
        """The answer, which is none of failure; the owner asks unless somebody else is named."""
        status, answer = await self.send(method, path, who, **rest)
        assert status < 400, (status, answer)
        return answer

    @property
    def assignments(self) -> str:
        return f"/api/organizations/{self.id}/assignments"

    async def give(self, who: Account | None = None, **fields: Any) -> Any:
        return await self.ask("POST", self.assignments, who, json=order(**fields))

    async def progress(self, assignment: Any, who: Account | None = None) -> dict[str, Any]:
        """By user name."""
        found = await self.ask("GET", f"{self.assignments}/{assignment['id']}/progress", who)
        return {one["username"]: one for one in found["items"]}

    async def mine(self, who: Account, **query: str) -> list[Any]:
        found = await self.ask("GET", "/api/assignments/mine", who, params=query)
        return list(found["items"])


def order(**fields: Any) -> dict[str, Any]:
    return {"work": TEXT, "audience": EVERYBODY, "due_at": DUE, **fields}
