"""Documents over the public API: uploaded, read in the background, listed, deleted whole."""

from tests.support import files
from tests.support.library import added, ask, found, read, upload
from tests.support.node import Parley

TEXT = "The Danube flows through Vienna. It is the second longest river in Europe."


async def test_a_document_is_read_and_found(parley: Parley) -> None:
    ana = await parley.account()
    document = await upload(parley, ana, files.pdf(["Rivers of Europe", TEXT]), "rivers.pdf", title="Rivers")
    assert (document["status"], document["media_type"], document["title"]) == (
        "processing",
        "application/pdf",
        "Rivers",
    )
    ready = await read(parley, ana, document)
    assert (ready["status"], ready["error"], ready["chunks"] > 0) == ("ready", None, True)
    (first, *_) = await found(parley, ana, "Which river flows through Vienna?")
    assert (first["document_id"], first["title"]) == (document["id"], "Rivers")
    assert "Danube" in first["text"]
    assert 0 < first["score"] <= 1


async def test_headings_and_pages_are_kept(parley: Parley) -> None:
    ana = await parley.account()
    await added(parley, ana, f"# Europe\n\n## Rivers\n\n{TEXT}\n\n## Hills\n\nThe Alps are high.", "a.md")
    (first, *_) = await found(parley, ana, "Danube Vienna")
    assert first["heading"] == "Europe › Rivers"
    pages = [" ".join(f"Filler sentence {n} of this page." for n in range(30)), TEXT]
    await added(parley, ana, files.pdf(pages), "b.pdf")
    assert any(one["page"] == 2 for one in await found(parley, ana, "Danube Vienna"))


async def test_what_cannot_be_read_fails_by_name(parley: Parley) -> None:
    ana = await parley.account()
    hostile = {
        "encrypted": files.encrypted_pdf("Secret", "pass"),
        "zip_bomb": files.bomb(),
        "macros": files.with_macros(),
        "broken": b"%PDF-1.4\nnonsense",
        "unsupported": files.zipped({"a.txt": b"x"}),
    }
    sent = {error: await upload(parley, ana, content, "a.pdf") for error, content in hostile.items()}
    for error, document in sent.items():
        failed = await read(parley, ana, document)
        assert (failed["status"], failed["error"], failed["chunks"]) == ("failed", error, 0)


async def test_a_text_in_an_old_encoding_is_found_or_fails_by_name(parley: Parley) -> None:
    ana = await parley.account()
    russian = "Дедушка рассказывал о том, как в молодости работал на железной дороге и проспал свою станцию."
    ready = await read(parley, ana, await upload(parley, ana, russian.encode("cp1251"), "story.txt"))
    assert (ready["status"], ready["error"]) == ("ready", None)
    (first, *_) = await found(parley, ana, "Дедушка рассказывал")
    assert first["text"] == russian
    unknown = await read(parley, ana, await upload(parley, ana, b"\xcc\xb3\xce\xf2\xda " * 40, "odd.txt"))
    assert (unknown["status"], unknown["error"], unknown["chunks"]) == ("failed", "unknown_encoding", 0)


async def test_what_is_no_document_is_refused_at_once(parley: Parley) -> None:
    ana = await parley.account()
    assert (await upload(parley, ana, b"\x89PNG\r\n\x1a\n\x00", status=415))["detail"][
        "error"
    ] == "unsupported_media_type"
    assert (await upload(parley, ana, b"", status=400))["detail"]["error"] == "empty"
    assert (await upload(parley, ana, files.encrypted_office(), status=400))["detail"]["error"] == "encrypted"
    assert (await upload(parley, ana, b"a" * (20 * 1024 * 1024 + 1), status=413))["detail"]["error"] == "too_large"
    await ask(parley, ana, "POST", "/api/rag/documents", 415, json={})
    await upload(parley, ana, TEXT, colour="red", status=400)
    await upload(parley, ana, TEXT, visibility="everybody", status=400)


async def test_a_filename_is_only_a_name(parley: Parley) -> None:
    ana = await parley.account()
    document = await upload(parley, ana, TEXT, "../../etc/pass\u200bwd.txt")
    assert "/" not in document["filename"]
    assert document["filename"].isprintable()


async def test_deletion_removes_everything(parley: Parley) -> None:
    ana = await parley.account()
    document = await added(parley, ana, TEXT)
    await ask(parley, ana, "DELETE", f"/api/rag/documents/{document['id']}", 204)
    await ask(parley, ana, "DELETE", f"/api/rag/documents/{document['id']}", 404)
    assert await found(parley, ana, "Danube") == []
    async with parley.resources.database.connection() as cx:
        assert await cx.fetchval("select (select count(*) from chunks) + (select count(*) from document_parts)") == 0


async def test_lists_are_paged_and_filtered(parley: Parley) -> None:
    ana = await parley.account()
    talk = (await ask(parley, ana, "POST", "/api/core/conversations", 201, json={}))["id"]
    made = [(await upload(parley, ana, f"{TEXT} {n}"))["id"] for n in range(3)]
    of_talk = (await upload(parley, ana, TEXT, conversation_id=talk))["id"]
    first = await ask(parley, ana, "GET", "/api/rag/documents", 200, params={"limit": 2})
    rest = await ask(parley, ana, "GET", "/api/rag/documents", 200, params={"limit": 2, "cursor": first["next_cursor"]})
    assert [one["id"] for one in first["items"] + rest["items"]] == [of_talk, *made[::-1]]
    only = await ask(parley, ana, "GET", "/api/rag/documents", 200, params={"conversation_id": talk})
    assert [one["id"] for one in only["items"]] == [of_talk]


async def test_a_job_that_died_half_way_starts_over_cleanly(parley: Parley) -> None:
    ana = await parley.account()
    document = await added(parley, ana, TEXT)
    database = parley.resources.database
    async with database.transaction() as tx:
        await tx.execute("update documents set status = 'processing', chunks = 0 where id = $1", document["id"])
        await parley.resources.jobs.enqueue(tx, "knowledge.ingest", {"document_id": document["id"]}, key="again")
    again = await read(parley, ana, document)
    assert again["chunks"] == document["chunks"]
    async with database.connection() as cx:
        assert await cx.fetchval("select count(*) from chunks") == document["chunks"]
