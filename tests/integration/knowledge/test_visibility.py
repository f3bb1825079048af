"""Who may see which document: applied where passages are looked for, not afterwards."""

from typing import Any

from tests.support.library import added, ask, found, upload
from tests.support.node import Account, Parley

TEXT = "The Danube flows through Vienna."


async def organization(parley: Parley, owner: Account, *members: Account, slug: str = "school") -> str:
    body = {"name": slug.capitalize(), "slug": slug}
    made: dict[str, Any] = await ask(parley, owner, "POST", "/api/organizations", 201, json=body)
    for one in members:
        await parley.member(owner, made["id"], one)
    return str(made["id"])


async def test_private_documents_are_seen_by_their_owner_only(parley: Parley) -> None:
    ana, bob = await parley.account(), await parley.account()
    document = await added(parley, ana, TEXT)
    assert len(await found(parley, ana, "Danube")) == 1
    assert await found(parley, bob, "Danube") == []
    assert await found(parley, bob, "Danube", filters={"document_ids": [document["id"]]}) == []
    assert (await ask(parley, bob, "GET", "/api/rag/documents", 200))["items"] == []
    await ask(parley, bob, "DELETE", f"/api/rag/documents/{document['id']}", 404)


async def test_an_organizations_documents_are_seen_by_its_members_as_long_as_they_are(parley: Parley) -> None:
    ana, bob, eve = [await parley.account() for _ in range(3)]
    school = await organization(parley, ana, bob)
    document = await added(parley, ana, TEXT, visibility="organization")
    assert document["organization_id"] == school
    assert len(await found(parley, bob, "Danube")) == 1
    assert await found(parley, eve, "Danube") == []
    await ask(parley, bob, "DELETE", f"/api/rag/documents/{document['id']}", 403)
    await ask(parley, ana, "DELETE", f"/api/organizations/{school}/members/{bob.user_id}", 204)
    assert await found(parley, bob, "Danube") == []
    assert (await ask(parley, bob, "GET", "/api/rag/documents", 200))["items"] == []


async def test_the_organization_must_be_ones_own_and_named_among_several(parley: Parley) -> None:
    ana, bob = await parley.account(), await parley.account()
    foreign = await organization(parley, bob)
    await upload(parley, ana, TEXT, visibility="organization", status=400)
    await upload(parley, ana, TEXT, visibility="organization", organization_id=foreign, status=404)
    one, two = await organization(parley, ana, slug="one"), await organization(parley, ana, slug="two")
    await upload(parley, ana, TEXT, visibility="organization", status=400)
    document = await upload(parley, ana, TEXT, visibility="organization", organization_id=two)
    assert document["organization_id"] == two
    assert one != two


async def test_a_conversations_documents_stay_in_it(parley: Parley) -> None:
    ana, bob = await parley.account(), await parley.account()
    talk = (await ask(parley, ana, "POST", "/api/core/conversations", 201, json={}))["id"]
    await added(parley, ana, TEXT, conversation_id=talk)
    assert await found(parley, ana, "Danube") == []
    assert len(await found(parley, ana, "Danube", conversation_id=talk)) == 1
    for path in ("/api/knowledge/search", "/api/rag/query"):
        await ask(parley, bob, "POST", path, 404, json={"query": "Danube", "conversation_id": talk})
    await upload(parley, bob, TEXT, conversation_id=talk, status=404)
    await upload(parley, ana, TEXT, conversation_id=talk, visibility="organization", status=400)
    await ask(parley, ana, "DELETE", f"/api/core/conversations/{talk}", 204)
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select count(*) from documents") == 0


async def test_filters_narrow(parley: Parley) -> None:
    ana = await parley.account()
    await added(parley, ana, TEXT)
    for filters in ({"visibility": "organization"}, {"media_type": "application/pdf"}):
        assert await found(parley, ana, "Danube", filters=filters) == []
    assert len(await found(parley, ana, "Danube", filters={"visibility": "private"})) == 1
