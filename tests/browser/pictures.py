"""Takes the pictures of README and docs/app.md: `.venv/bin/python -m tests.browser.pictures [FOLDER [NAME …]]`.

A node of its own with people who have practised (rows made up by the statements of benchmarks and tests), a real
Chromium with a recording as its microphone, and what the page then shows. Each picture stays under 150 kB.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from benchmarks import english_reads
from benchmarks._node import servers
from kit import logs
from server.config import Settings
from tests.browser.conftest import sign_in
from tests.integration.assignments.test_class import enrolled, practised
from tests.support import browsers
from tests.support.node import Account, Parley, running
from tests.support.school import School
from tests.support.speech import CLIPS_MODEL

ROOT = Path(__file__).parents[2]
CLIP = "so762-008110159"
SENTENCE = "Let us know if you have any other questions."
TEXT = "Hello, my name is Ana and I am nurse. I live in Madrid since two years. My sister study English with me."
MOST_BYTES = 150_000
PATIENCE_MS = 180_000
HEARD_MS = 14_000  # so long the tutor speaks; who types before interrupts it
expect.set_options(timeout=PATIENCE_MS)
DESK, WIDE, PHONE = (1120, 700), (1280, 720), (360, 740)
NAMES = (
    *("Amelie", "Ben", "Carla", "Daniel", "Elif", "Farah", "Goran", "Hana"),
    *("Ivo", "Jana", "Kofi", "Lena", "Mateo", "Nadia", "Omar"),
)
# In place of the benchmark's constants: a rise with better and worse days, and skills that differ.
_SKILLS = "update xpi_states set samples = 80, ability = 360 + 16 * length(skill) where user_id = $1"
_RISE = """
    update xpi_evidence set xpi = 180 + (seq * 290 / (select max(seq) from xpi_evidence where user_id = $1))
        + (15 * sin(seq / 9.0))::int
    where user_id = $1"""


class Stage:
    """Ana the learner and the owner of a school, each signed in in a browser of their own."""

    def __init__(self, node: Parley, school: School, learner: BrowserContext, owner: BrowserContext) -> None:
        self._node = node
        self.school = school
        self.learner = learner
        self.owner = owner

    async def page(self, who: BrowserContext, size: tuple[int, int], theme: Any, place: str) -> Page:
        page = await who.new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        await page.goto(f"{self._node.url}/#{place}")
        await expect(page.locator("main h1")).to_be_visible()
        return page


async def signed_in(browser: Browser, node: Parley, who: Account) -> BrowserContext:
    context = await browser.new_context(locale="en-US")
    page = await context.new_page()
    await sign_in(page, node.url, who)
    await page.close()
    return context


async def read(page: Page) -> None:
    await page.locator("#reading select").select_option(label=SENTENCE)
    await page.get_by_role("button", name="Play a learner").click()
    await expect(page.locator("#reading .billed")).to_have_count(1)


async def reading(stage: Stage) -> Page:
    page = await stage.page(stage.learner, DESK, "light", "/read")
    await read(page)
    return page


async def word(stage: Stage) -> Page:
    page = await stage.page(stage.learner, PHONE, "dark", "/read")
    await read(page)
    await page.locator("#reading .sentence .word").nth(2).click()
    await expect(page.locator("#word-card")).to_be_visible()
    return page


async def home(stage: Stage) -> Page:
    page = await stage.page(stage.learner, WIDE, "light", "/home")
    await page.locator(".tiles").evaluate("one => one.scrollIntoView()")
    return page


async def talk(stage: Stage) -> Page:
    page = await stage.page(stage.learner, DESK, "dark", "/talk")
    await page.get_by_label("Scene").select_option("restaurant")
    await page.get_by_role("button", name="Start talking").click()
    turns = page.locator("#talk .turns")
    await expect(turns.locator("li.user").first).to_contain_text("questions")
    await expect(turns.locator("li.ai").first).to_contain_text("reservation?")
    await page.wait_for_timeout(HEARD_MS)
    await page.get_by_label("Type instead of speaking").fill("Hello, can I have a table for two, please?")
    await page.get_by_role("button", name="Send").click()
    await expect(turns.locator("li.ai")).to_have_count(2)
    return page


async def lesson(stage: Stage) -> Page:
    page = await stage.page(stage.learner, DESK, "light", "/lessons/a1-meeting-people/introduce-yourself")
    await page.get_by_label("Your text").fill(TEXT)
    await page.get_by_role("button", name="Check").click()
    await expect(page.locator("#outcome")).to_be_focused()
    await page.locator("#outcome").evaluate("one => one.scrollIntoView()")
    return page


async def pupils(stage: Stage) -> Page:
    place = f"/organizations/{stage.school.id}/class"
    page = await stage.page(stage.owner, DESK, "light", place)
    await expect(page.locator(".pupil")).to_have_count(len(NAMES))
    return page


PICTURES: dict[str, Callable[[Stage], Awaitable[Page]]] = {
    "reading": reading,
    "word": word,
    "home": home,
    "talk": talk,
    "lesson": lesson,
    "class": pupils,
}


async def people(node: Parley) -> tuple[Account, School]:
    ana = await node.account("ana", full_name="Ana Souza")
    school = await School.found(node)
    now = node.resources.clock.now()
    await english_reads.fill(node.resources.database, ana, now - timedelta(hours=1), days=40)
    async with node.resources.database.transaction() as tx:
        await tx.execute(_RISE, ana.user_id)
        await tx.execute(_SKILLS, ana.user_id)
        for number, name in enumerate(NAMES):
            pupil = await enrolled(tx, school.id, number, now)
            await tx.execute("update users set full_name = $2 where id = $1", pupil, name)
            if number % 4:
                await practised(tx, pupil, now)
    return ana, school


async def take(folder: Path, names: Sequence[str], data: Path) -> None:
    own: dict[str, Any] = {"data_dir": data / "node", "secret_key": "0" * 32, "whisper_model": str(CLIPS_MODEL)}
    settings = Settings(**own, voice_download=False)
    async with (
        servers() as at,
        running(settings, at.database_url, at.redis_url) as node,
        async_playwright() as playwright,
    ):
        ana, school = await people(node)
        args = browsers.arguments(data, CLIP)
        browser = await playwright.chromium.launch(executable_path=browsers.program(), args=args)
        learner, owner = [await signed_in(browser, node, who) for who in (ana, school.owner)]
        stage = Stage(node, school, learner, owner)
        for name in names:
            page = await PICTURES[name](stage)
            await page.wait_for_load_state("networkidle")
            await expect(page.locator("#status")).to_be_empty()  # what it says of the connection goes by itself
            size = len(await page.screenshot(path=folder / f"{name}.png"))
            print(f"{name}.png  {size / 1000:.0f} kB", flush=True)
            if size > MOST_BYTES:
                raise SystemExit(f"{name}.png is larger than {MOST_BYTES // 1000} kB.")
            await page.close()
        await browser.close()


def main(argv: list[str]) -> int:
    folder = Path(argv[0]) if argv else ROOT / "docs" / "img"
    logs.configure("error")
    with tempfile.TemporaryDirectory(prefix="parley-pictures-", ignore_cleanup_errors=True) as data:
        asyncio.run(take(folder, argv[1:] or list(PICTURES), Path(data)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
