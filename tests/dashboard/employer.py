"""An employer before the page: signs in, reads figures and follows them; what his browser sent."""

import asyncio
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Locator, Page, Request, ViewportSize, expect

from tests.browser import PATIENCE

AXE: Final = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
NARROW: Final[ViewportSize] = {"width": 360, "height": 760}


@dataclass(frozen=True, slots=True)
class Sent:
    """One request for data: where, by which document, with which variables."""

    path: str
    body: dict[str, Any]
    authorization: str | None


class Employer:
    """Uses the page as a person does, by what is written on it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.origins: set[str] = set()
        self.complaints: list[str] = []
        self.sent: list[Sent] = []
        page.on("request", self._note_request)
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        self.origins.add(f"{parts.scheme}://{parts.netloc}/")
        if request.method == "POST":
            body = json.loads(request.post_data or "{}")
            self.sent.append(Sent(parts.path, body, request.headers.get("authorization")))

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    @property
    def operations(self) -> list[Sent]:
        """The GraphQL operations so far."""
        return [each for each in self.sent if each.path == "/graphql"]

    async def open(self, query: str = "") -> None:
        await self.page.goto(f"{self.url}dashboard{query}")

    async def sign_in(self, token: str, query: str = "") -> None:
        """Opens the page and pastes a token."""
        await self.open(query)
        await self.page.get_by_label("Токен работодателя").fill(token)
        await self.page.get_by_role("button", name="Войти").click()

    async def settled(self) -> None:
        """Waits until nothing in sight is awaited any more."""
        await expect(self.page.locator("main h1").first).to_be_visible()
        await expect(self.page.locator(".waiting, .awaited, main [aria-busy=true]")).to_have_count(0)

    def figure(self, name: str) -> Locator:
        """A key figure, by its name."""
        return self.page.locator(".figures li").filter(has_text=name)

    async def figured(self, name: str) -> int:
        """How much a key figure is."""
        shown = self.figure(name).locator("strong")
        await expect(shown).to_have_text(re.compile(r"\d"))
        return _number(await shown.inner_text())

    def panel(self, title: str) -> Locator:
        """A part of the page, by its head."""
        return self.page.get_by_role("region", name=title, exact=True)

    async def counted(self) -> int:
        """How many rows the list in sight has in all."""
        count = self.page.locator(".count")
        await expect(count).to_have_text(re.compile(r"\d"))
        return _number(await count.inner_text())

    def rows(self) -> Locator:
        """The rows of the list in sight."""
        return self.page.locator("tbody").first.get_by_role("row")

    async def choose(self, label: str, option: str | re.Pattern[str]) -> None:
        menu = self.page.get_by_label(label, exact=True)
        wanted = menu.locator("option").filter(has_text=option).first
        await expect(wanted).to_be_attached()
        await menu.select_option(await wanted.get_attribute("value"))

    async def faults(self) -> list[str]:
        """What axe-core finds against WCAG 2.2, levels A and AA, on the page as it is."""
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = await self.page.evaluate(
            """async () => {
                const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
                const {violations} = await axe.run(document, {runOnly: {type: "tag", values: tags}});
                const told = ({id, nodes}) => nodes.map(({target}) => `${id} ${target.join(" ")}`);
                return violations.flatMap(told);
            }"""
        )
        return [str(each) for each in found]

    @staticmethod
    def patient() -> asyncio.Timeout:
        """As long as anything is waited for that should come soon."""
        return asyncio.timeout(PATIENCE / 1000)

    async def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            await self.page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


def _number(text: str) -> int:
    [first, *_] = re.findall(r"\d[\d\s]*", text)
    return int(re.sub(r"\s", "", first))
