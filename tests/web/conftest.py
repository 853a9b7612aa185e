"""Someone who uses the explorer, before a toy gateway."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page

from tests.browser import chromium, chromium_path, page  # noqa: F401  (fixtures)
from tests.web.reader import Reader
from tests.web.serving import served
from tests.web.toy import toy


@pytest.fixture
async def reader(page: Page) -> AsyncIterator[Reader]:  # noqa: F811
    """Someone who uses the explorer; any complaint of the browser fails his test."""
    someone = Reader(page)
    yield someone
    assert someone.complaints == []


@pytest.fixture
async def toy_url() -> AsyncIterator[str]:
    """The toy gateway in demo, with two roles."""
    roles = [
        {"role": "employer", "label": "Employer: a hospital", "token": "token-of-employer"},
        {"role": "regulator", "label": "Regulator: everywhere", "token": "token-of-regulator"},
    ]
    async with served(toy(lambda: roles)) as url:
        yield url


@pytest.fixture
async def production_url() -> AsyncIterator[str]:
    """The toy gateway where nobody hands out tokens."""
    async with served(toy()) as url:
        yield url
