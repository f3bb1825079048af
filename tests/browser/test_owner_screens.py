"""Keys and tokens that are shown once, the connected calendar, and a teacher who watches a learner."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Route, expect

from server.config import Settings
from tests.browser.conftest import Open, sign_in
from tests.browser.test_accessibility import look
from tests.browser.test_account_screens import another_browser
from tests.browser.test_school_screens import WAYS, dress, told
from tests.support.google import ACCOUNT, FakeGoogle, fake_google
from tests.support.node import Parley, running
from tests.support.school import School

MODEL = Path(__file__).parent.parent / "data" / "models" / "whisper-clips-test"
LEARNER = "so762-008110159"
PUBLIC_URL = "https://parley.example"
CALLBACK = "/api/integrations/google-calendar/callback"

pytestmark = pytest.mark.browser


@pytest.fixture
async def hearing(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(MODEL)})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


@pytest.fixture
async def connectable(
    settings: Settings, database_url: str, redis_url: str
) -> AsyncIterator[tuple[Parley, FakeGoogle]]:
    async with fake_google(PUBLIC_URL + CALLBACK) as google:
        fields = {**settings.model_dump(exclude_unset=True), **google.settings, "public_url": PUBLIC_URL}
        async with running(Settings(**fields), database_url, redis_url) as node:
            yield node, google


@WAYS
async def test_a_key_is_shown_once_and_revoked(
    open_page: Open, parley: Parley, size: tuple[int, int], theme: str
) -> None:
    school = await School.found(parley)
    page = await open_page("jfk")
    await dress(page, size, theme)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/account")
    await page.get_by_role("link", name="API keys").click()
    await page.get_by_role("button", name="New key").click()
    wrong = await look(page, "new key")
    await page.get_by_label("Name").fill("Importer <b>")
    for scope in ("live:read", "live:write"):
        await page.get_by_role("checkbox", name=scope).uncheck()
    await page.get_by_role("button", name="Make the key").click()
    await expect(page.get_by_role("alert")).to_contain_text("Choose what it opens")
    await page.get_by_role("checkbox", name="organizations:read").check()
    await page.get_by_label("Acts in").select_option("School")
    await page.get_by_label("Only from these addresses").fill("127.0.0.0/8")
    await page.get_by_role("button", name="Make the key").click()
    key = await page.get_by_label("The key").input_value()
    await page.get_by_role("button", name="Copy").click()
    await told(page, "Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == key
    wrong += await look(page, "key")
    headers = {"Authorization": f"Bearer {key}"}
    async with parley.client.get("/api/organizations", headers=headers) as response:
        assert response.status == 200
    await page.reload()
    row = page.get_by_role("listitem").filter(has_text="Importer <b>")
    await expect(row).to_contain_text("School · used today")
    assert key not in await page.content()
    await row.get_by_role("button", name="Revoke").click()
    wrong += await look(page, "question")
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(page.get_by_text("No key yet")).to_be_visible()
    async with parley.client.get("/api/organizations", headers=headers) as response:
        assert response.status == 401
    assert wrong == []


@WAYS
async def test_a_token_is_issued_checked_and_revoked(
    open_page: Open, parley: Parley, size: tuple[int, int], theme: str
) -> None:
    school = await School.found(parley)
    async with parley.resources.database.connection() as cx:
        await cx.execute("update users set role = 'admin' where id = $1", school.owner.user_id)
    page = await open_page("jfk")
    await dress(page, size, theme)
    await sign_in(page, parley.url, school.owner)
    await page.goto(f"{parley.url}/#/organizations/{school.id}/tokens")
    await expect(page.get_by_role("heading", name="Tokens")).to_be_visible()
    wrong = await look(page, "tokens")
    await page.get_by_label("Web address of the site").fill("https://school.example/")
    await page.get_by_label("Learner").fill("pupil-17")
    await page.get_by_role("button", name="Issue a token").click()
    issued = page.locator(".once input")
    token = await issued.input_value()
    assert token.count(".") == 2
    await expect(page.get_by_text("in use")).to_be_visible()
    wrong += await look(page, "token")
    await checked(page, token, "Valid")
    await page.get_by_label("The token, or its id").fill(token)
    await page.get_by_label("Why").fill("laptop lost")
    await page.get_by_role("button", name="Revoke", exact=True).click()
    await told(page, "The token is revoked")
    await checked(page, token, "Revoked")
    await page.reload()
    await expect(page.get_by_role("listitem").filter(has_text="laptop lost")).to_be_visible()
    await expect(issued).to_have_count(0)
    assert wrong == []


async def checked(page: Page, token: str, verdict: str) -> None:
    form = page.locator("form").filter(has=page.get_by_role("heading", name="Check a token"))
    await form.get_by_label("The token").fill(token)
    await form.get_by_role("button", name="Check a token").click()
    await expect(form.get_by_role("status")).to_have_text(verdict)


@WAYS
async def test_a_calendar_is_connected_and_disconnected(
    open_page: Open, connectable: tuple[Parley, FakeGoogle], size: tuple[int, int], theme: str
) -> None:
    node, google = connectable

    async def ours(route: Route) -> None:
        """The public address leads to the node, as a proxy would."""
        found = urlsplit(route.request.url)
        await route.fulfill(status=302, headers={"Location": f"{node.url}{found.path}?{found.query}"})

    page = await open_page("jfk")
    await dress(page, size, theme)
    await page.route(f"{PUBLIC_URL}/**", ours)
    await sign_in(page, node.url, await node.account("ana"))
    await page.goto(f"{node.url}/#/calendar")
    await expect(page.get_by_text("No calendar is connected")).to_be_visible()
    wrong = await look(page, "no calendar")
    google.consent = False
    await page.get_by_role("button", name="Connect Google Calendar").click()
    await expect(page.get_by_role("alert")).to_contain_text("permission was not given")
    google.consent = True
    await page.get_by_role("button", name="Connect Google Calendar").click()
    row = page.get_by_role("listitem").filter(has_text=ACCOUNT)
    await expect(row).to_contain_text("Connected")
    wrong += await look(page, "calendar")
    await page.goto(f"{node.url}/#/home")
    await page.goto(f"{node.url}/#/calendar")
    await row.get_by_role("button", name="Disconnect").click()
    await page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    await expect(page.get_by_text("No calendar is connected")).to_be_visible()
    await google.revoked.wait()
    assert wrong == []


async def test_a_server_without_google_says_so(open_page: Open, parley: Parley) -> None:
    page = await open_page("jfk")
    await sign_in(page, parley.url, await parley.account("ana"))
    await page.goto(f"{parley.url}/#/calendar")
    await page.get_by_role("button", name="Connect Google Calendar").click()
    await told(page, "not connected to Google Calendar")


async def test_a_teacher_watches_and_the_learner_is_told(open_page: Open, hearing: Parley) -> None:
    school = await School.found(hearing)
    ana = await school.joined("ana")
    await school.joined("ben")
    page = await open_page(LEARNER, again_after=2.0)
    await sign_in(page, hearing.url, ana)
    await page.goto(f"{hearing.url}/#/talk")
    await page.locator("#talk").get_by_text("Technical").click()
    await page.get_by_label("Sound goes by").select_option("socket")  # calls have tests of their own
    await page.get_by_role("button", name="Start talking").click()
    await expect(page.locator("#talk .turns li.user").first).to_contain_text("questions")
    async with another_browser(page) as other:
        await dress(other, (360, 740), "dark")
        await sign_in(other, hearing.url, school.owner)
        await other.goto(f"{hearing.url}/#/organizations/{school.id}/class")
        await expect(other.get_by_role("link", name="Watch:")).to_have_count(1)
        assert await look(other, "live class") == []
        await other.get_by_role("link", name="Watch: ana").click()
        turns = other.locator(".turns")
        await expect(turns.locator("li.user").first).to_contain_text("questions")
        await expect(turns.locator("li.user .who").first).to_have_text("ana")
        await expect(turns.locator(".word:not(.waiting)").first).to_be_visible()
        await expect(page.locator("#talk .observers")).to_contain_text("is watching this session")
        assert await look(other, "watch") == []
        await page.get_by_label("Type instead of speaking").fill("I am learning English since two years.")
        await page.get_by_role("button", name="Send").click()
        await expect(turns.locator("li.user").filter(has_text="since two years")).to_be_visible()
        await other.reload()  # all of it comes again
        await expect(turns.locator("li.user").filter(has_text="since two years")).to_be_visible()
        await other.goto(f"{hearing.url}/#/home")
        await expect(page.locator("#talk .observers")).to_be_hidden()
        await other.go_back()
        await expect(other.get_by_role("status").filter(has_text="Live")).to_be_visible()
        await page.locator("#talk").get_by_role("button", name="End", exact=True).click()
        await expect(other.get_by_role("status").filter(has_text="Over")).to_be_visible()
        await other.reload()
        await expect(other.get_by_role("alert")).to_contain_text("it is over")


async def test_who_reads_is_told_and_whoever_does_not_teach_sees_nothing(open_page: Open, hearing: Parley) -> None:
    school = await School.found(hearing)
    ana, ben = await school.joined("ana"), await school.joined("ben")
    page = await open_page(LEARNER, again_after=2.0)
    await sign_in(page, hearing.url, ana)
    await page.goto(f"{hearing.url}/#/read")
    await page.locator("#reading select").select_option(index=1)  # not what is said: the reading goes on
    await page.get_by_role("button", name="Read with the microphone").click()
    await expect(page.locator("#reading .heard")).to_contain_text("questions")
    seen = await school.ask("GET", f"/api/organizations/{school.id}/class")
    session = seen["items"][0]["live_session_id"]
    async with another_browser(page) as other:
        await sign_in(other, hearing.url, ben)
        await other.goto(f"{hearing.url}/#/organizations/{school.id}/watch/{session}")
        await expect(other.get_by_role("alert")).to_contain_text("no such session for you")
        await expect(other.locator(".turns li")).to_have_count(0)
    await expect(page.locator("#reading .observers")).to_be_hidden()
    async with another_browser(page) as other:
        await sign_in(other, hearing.url, school.owner)
        await other.goto(f"{hearing.url}/#/organizations/{school.id}/watch/{session}")
        await expect(other.locator(".turns li.user").first).to_contain_text("questions")
        await expect(page.locator("#reading .observers")).to_contain_text("is watching this session")
    await page.get_by_role("button", name="Done").click()
    await expect(page.locator("#reading .scoreboard").first).to_be_visible()
    await expect(page.locator("#reading .observers")).to_be_hidden()
