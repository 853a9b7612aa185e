"""A Chromium of this machine and pages in it; without one the tests that need it are skipped and say so."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from benchmarks.browser import FLAGS, NoChromium, executable

PATIENCE: Final = 60_000
"""Milliseconds that a test waits for what should come at once: a machine under load is slow, not wrong."""


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser's executable."""
    try:
        return Path(executable())
    except NoChromium:
        pytest.skip("no Chromium on this machine: the page was not opened")


@pytest.fixture(scope="session")
async def chromium(chromium_path: Path) -> AsyncIterator[Browser]:
    """One running browser with a fresh profile."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """A page in a session of its own."""
    context = await chromium.new_context(viewport={"width": 1300, "height": 850})
    context.set_default_timeout(PATIENCE)
    yield await context.new_page()
    await context.close()
