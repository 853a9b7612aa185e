"""One first view of the employer's page: what it took until every figure stood, and what that cost whom."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import psutil
from playwright.async_api import Browser, Page, Request

from benchmarks.servers import Database, Running
from gateway.dashboard import dashboard_documents

PATIENCE: Final = 60_000
STANDS: Final = """() => {
  const figures = [...document.querySelectorAll(".figures li strong")];
  const there = figures.length === 6 && figures.every((each) => /\\d/.test(each.textContent));
  const awaited = document.querySelector(".waiting, .awaited, main [aria-busy=true]");
  return there && !awaited && performance.now();
}"""
"""The moment, after the navigation, when a frame shows everything; false before."""
REST: Final = 0.3
"""Seconds after a view until what it set going has come to rest."""
WORK: Final = 0.02
"""Seconds of processor time in such a while that are no work."""
LOOKS: Final = 50
"""How often at most; some browsers never rest."""


class NotWhole(Exception):
    """A view is not what an employer should see; the message says what came instead."""


@dataclass(frozen=True, slots=True)
class View:
    """Milliseconds of one view, in all and by operation; processor time by whose it is; bytes that came."""

    took: float
    operations: Mapping[str, float]
    gateway: float
    database: float
    browser: float
    size: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """The processor time of gateway, database and browser."""

    gateway: Running
    database: Database

    @property
    def now(self) -> tuple[float, float, float]:
        """Milliseconds so far, of each."""
        return self.gateway.cpu * 1e3, self.database.cpu * 1e3, browser_cpu() * 1e3


def browser_cpu() -> float:
    """Seconds so far of the browser that this process has started, with all its processes that live."""
    total = 0.0
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "chrom" in each.name():
                times = each.cpu_times()
                total += times.user + times.system
    return total


async def view(browser: Browser, port: int, token: str, clocks: Clocks) -> View:
    """One view in a new session, which has nothing but the token. Raises NotWhole."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
    await context.add_init_script(f"sessionStorage.setItem('svod:token', {token!r})")
    page = await context.new_page()
    await _rested()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    before = clocks.now
    await page.goto(f"http://127.0.0.1:{port}/dashboard", wait_until="commit")
    took = await (await page.wait_for_function(STANDS, timeout=PATIENCE)).json_value()
    await _whole(page)
    await asyncio.sleep(REST)
    gateway, database, work = (now - then for now, then in zip(clocks.now, before, strict=True))
    size = sum([(await each.sizes())["responseBodySize"] for each in requests])
    await context.close()
    return View(took, _operations(requests), gateway, database, work, size)


async def _rested() -> None:
    """Wait until the browser has drawn its own window, which is no part of the page."""
    before = -1.0
    for _ in range(LOOKS):
        now = browser_cpu()
        if now - before <= WORK:
            return
        before = now
        await asyncio.sleep(REST)


async def _whole(page: Page) -> None:
    faults = page.locator("main .gap, main [role=alert], .partial.away")
    if await faults.count():
        raise NotWhole(await faults.first.inner_text())


def _operations(requests: list[Request]) -> Mapping[str, float]:
    """How long each operation took in the browser's eyes, by its name."""
    names = {each.identity: each.name for each in dashboard_documents()}
    asked: list[tuple[str, Any]] = [
        (str(names[json.loads(each.post_data or "")["documentId"]]), each.timing)
        for each in requests
        if each.method == "POST"
    ]
    return {name: timing["responseEnd"] - timing["requestStart"] for name, timing in sorted(asked)}
