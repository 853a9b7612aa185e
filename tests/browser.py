"""A Chromium of this machine and pages in it; without one the tests that need it are skipped and say so."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/usr/bin/chromium")
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name is looked up: whatever is not on this machine cannot be reached.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

PATIENCE: Final = 60_000
"""Milliseconds that a test waits for what should come at once: a machine under load is slow, not wrong."""


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser's executable."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: the page was not opened")
    return Path(found)


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
