"""Letters with links, through a real mail server."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest

from kit.errors import Failure
from kit.mail import Mailer, Smtp
from server.config import Settings
from tests.integration.people.test_people import ask, sign_in
from tests.support.clock import FakeClock
from tests.support.mailbox import Mailbox, mailbox, text, token
from tests.support.node import PASSWORD, Account, Parley, running
from tests.support.proxies import certificate

ANSWER = "If there is such an account, a letter is on its way."
NEW = "an even better phrase"


@pytest.fixture
async def post() -> AsyncIterator[Mailbox]:
    async with mailbox() as box:
        yield box


@pytest.fixture
async def node(
    database_url: str, redis_url: str, settings: Settings, clock: FakeClock, post: Mailbox
) -> AsyncIterator[Parley]:
    mailing = settings.model_copy(update={**post.settings, "public_url": "https://parley.example"})
    async with running(mailing, database_url, redis_url, clock=clock) as parley:
        yield parley


async def forget(node: Parley, email: str, language: str | None = None) -> None:
    body = {"email": email, "language": language} if language else {"email": email}
    status, answer = await ask(node, None, "POST", "/api/auth/forgotten", json=body)
    assert (status, answer["message"]) == (202, ANSWER)


async def settled(node: Parley) -> None:
    """Every job was done."""
    async with asyncio.timeout(60), node.resources.database.connection() as cx:
        while await cx.fetchval("select count(*) from jobs"):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.05)


async def health(node: Parley, who: Account) -> str:
    async with node.client.get("/api/health/detailed", headers=who.headers) as response:
        return await response.text()


async def test_a_forgotten_password_is_set_by_a_mailed_link_once(node: Parley, post: Mailbox) -> None:
    ana = await node.account("ana")
    await post.arrives(1)  # the one that proves the address
    await forget(node, "ANA@example.com", "pt-BR")
    letter = await post.arrives(2)
    assert (letter["To"], letter["From"]) == ("ana@example.com", "parley@school.example")
    assert letter["Auto-Submitted"] == "auto-generated" and "senha" in text(letter)
    assert "https://parley.example/#/reset/" in text(letter)
    await settled(node)
    async with node.resources.database.connection() as cx:
        kept = await cx.fetch("select * from account_links where kind = 'reset'")
        assert token(letter) not in str(kept)
    body = {"token": token(letter), "password": NEW}
    assert (await ask(node, None, "POST", "/api/auth/reset", json=body))[0] == 204
    assert (await ask(node, None, "POST", "/api/auth/reset", json=body))[0] == 409
    assert (await ask(node, ana, "GET", "/api/auth/me"))[0] == 401, "signed out everywhere"
    status, tokens = await sign_in(node, "ana", NEW)
    ana.access_token = tokens["access_token"]
    assert status == 200
    assert (await ask(node, ana, "GET", "/api/auth/me"))[1]["email_verified"], "who uses the link reads the mail"


async def test_the_answer_does_not_say_who_has_an_account(node: Parley, post: Mailbox) -> None:
    await node.account("ana")
    await post.arrives(1)
    for nobody in ("nobody@example.com", "ana@example.org"):
        await forget(node, nobody)
    await forget(node, "ana@example.com")
    await post.arrives(2)
    await settled(node)
    assert [letter["To"] for letter in post.letters] == ["ana@example.com"] * 2


async def test_nobody_is_flooded_with_letters(node: Parley, post: Mailbox, clock: FakeClock) -> None:
    ana = await node.account("ana")
    await post.arrives(1)
    for _ in range(6):
        await forget(node, "ana@example.com")
    await post.arrives(4)
    await settled(node)
    assert len(post.letters) == 4, "three an hour"
    statuses = [(await ask(node, ana, "POST", "/api/auth/verification", json={}))[0] for _ in range(4)]
    assert statuses == [202, 202, 429, 429]
    last = token(post.letters[3])
    clock.advance(3601)
    body = {"token": last, "password": NEW}
    assert (await ask(node, None, "POST", "/api/auth/reset", json=body))[0] == 409, "it runs out after an hour"


async def test_an_address_is_proved_and_only_by_its_own_link(node: Parley, post: Mailbox) -> None:
    ana = await node.account("ana")
    letter = await post.arrives(1)
    assert not (await ask(node, ana, "GET", "/api/auth/me"))[1]["email_verified"]
    as_password = {"token": token(letter), "password": NEW}
    assert (await ask(node, None, "POST", "/api/auth/reset", json=as_password))[0] == 409, "each link has one use"
    assert (await ask(node, None, "POST", "/api/auth/verify", json={"token": token(letter)}))[0] == 204
    assert (await ask(node, ana, "GET", "/api/auth/me"))[1]["email_verified"]
    assert (await ask(node, None, "POST", "/api/auth/verify", json={"token": token(letter)}))[0] == 409
    status, body = await ask(node, ana, "POST", "/api/auth/verification", json={})
    assert (status, body["detail"]["error"]) == (409, "already_verified")


async def test_a_disabled_account_gets_no_letter(node: Parley, post: Mailbox) -> None:
    boss, ana = await node.admin("boss"), await node.account("ana")
    await post.arrives(2)
    await ask(node, boss, "POST", f"/api/admin/people/{ana.user_id}/disable")
    await forget(node, "ana@example.com")
    await settled(node)
    assert len(post.letters) == 2


async def test_an_invitation_is_mailed_and_proves_the_address(node: Parley, post: Mailbox) -> None:
    boss = await node.admin("boss")
    await post.arrives(1)
    wanted = {"email": "ben@example.com", "mail": True, "language": "ja"}
    status, made = await ask(node, boss, "POST", "/api/admin/invitations", json=wanted)
    assert status == 201 and made["link"] is None, "only the addressee sees it"
    letter = await post.arrives(2)
    assert letter["To"] == "ben@example.com" and "招待" in letter["Subject"]
    body = {"token": token(letter), "username": "ben", "password": PASSWORD}
    status, ben = await ask(node, None, "POST", "/api/auth/join", json=body)
    assert status == 201 and ben["email_verified"]
    assert (await ask(node, boss, "POST", "/api/admin/invitations", json={"mail": True}))[0] == 400


async def test_a_letter_waits_for_the_mail_server_and_is_dropped_when_its_link_is_void(
    node: Parley, post: Mailbox, clock: FakeClock
) -> None:
    boss = await node.admin("boss")
    await post.arrives(1)
    await settled(node)  # else its success is told after the refusals
    post.refuse = "451 come again"
    _, first = await ask(node, boss, "POST", "/api/admin/invitations", json={"email": "a@b.example", "mail": True})
    await ask(node, boss, "POST", "/api/admin/invitations", json={"email": "c@d.example", "mail": True})
    async with asyncio.timeout(60), node.resources.database.connection() as cx:
        while await cx.fetchval("select count(*) from jobs where attempts > 0") < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    async with asyncio.timeout(60):
        while "check PARLEY_SMTP" not in await health(node, boss):  # noqa: ASYNC110 - refused after it is counted
            await asyncio.sleep(0.05)
    assert (await ask(node, boss, "DELETE", f"/api/admin/invitations/{first['id']}"))[0] == 204
    post.refuse = None
    clock.advance(600)
    assert (await post.arrives(2))["To"] == "c@d.example"
    await settled(node)
    assert len(post.letters) == 2


async def test_without_a_mail_server_the_page_says_whom_to_ask(
    database_url: str, redis_url: str, settings: Settings
) -> None:
    async with running(settings.model_copy(update={"contact": "room 12"}), database_url, redis_url) as node:
        ana = await node.account("ana")
        _, entrance = await ask(node, None, "GET", "/api/auth/entrance")
        assert (entrance["mail"], entrance["contact"]) == (False, "room 12")
        for path, body in (("forgotten", {"email": "ana@example.com"}), ("verification", {})):
            status, answer = await ask(node, ana, "POST", f"/api/auth/{path}", json=body)
            assert (status, answer["detail"]["error"]) == (409, "mail_not_configured")
            assert "room 12" in answer["detail"]["message"]


async def test_an_addressee_who_is_refused_for_good_is_not_tried_again(post: Mailbox) -> None:
    mailer = Mailer(Smtp("127.0.0.1", post.port, "none", "parley@school.example"))
    post.refuse = "550 no such user"
    assert await mailer.send("nobody@example.com", "A", "text") is False
    post.refuse = None
    assert await mailer.send("ana@example.com", "A", "text") is True
    with pytest.raises(ValueError, match=r"newline|linefeed|carriage"):
        await mailer.send("ana@example.com", "A\r\nBcc: eve@example.com", "text")


async def test_a_domain_in_another_script_is_written_as_servers_know_it(post: Mailbox) -> None:
    mailer = Mailer(Smtp("127.0.0.1", post.port, "none", "parley@school.example"))
    assert await mailer.send("ana@bücher.example", "A", "text") is True
    assert post.letters[0]["To"] == "ana@xn--bcher-kva.example"
    assert await mailer.send("ünï@example.com", "A", "text") is False, "this server takes ASCII only"
    assert mailer.trouble is None and len(post.letters) == 1


async def test_the_way_to_the_mail_server_is_secured_and_signed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, private = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    async with mailbox(context) as box:

        def mailer(security: Literal["starttls", "none"], password: str) -> Mailer:
            return Mailer(Smtp("localhost", box.port, security, "parley@school.example", "parley", password))

        with pytest.raises(Failure, match="unavailable"):  # nobody vouches for the certificate
            await mailer("starttls", "secret").send("ana@example.com", "A", "text")
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        for wrong in (mailer("starttls", "wrong"), mailer("none", "secret")):
            with pytest.raises(Failure, match="unavailable"):
                await wrong.send("ana@example.com", "A", "text")
            assert wrong.trouble is not None
        right = mailer("starttls", "secret")
        assert await right.send("ana@example.com", "A", "text")
        assert right.trouble is None and box.signed_in == ["parley"]
    with pytest.raises(Failure, match="unavailable"):  # the server is gone
        await right.send("ana@example.com", "A", "text")
    assert len(box.letters) == 1
