"""The pictures of the employer's page that the README shows: `make pictures DATA=…`.

The data folder is loaded already (`svod demo`). A picture is looked at before it is committed.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import typer
from playwright.async_api import Browser, ViewportSize

from auth.principal import Role
from benchmarks.dashboard import chromium, largest
from benchmarks.days import today
from benchmarks.search.measuring import Plan, served
from gateway.commands.token import signed_token

FOLDER: Final = Path(__file__).parents[2] / "docs" / "images"
MOST_BYTES: Final = 150_000
SETTLED: Final = "() => !document.querySelector('.waiting, .awaited, main [aria-busy=true]')"


@dataclass(frozen=True, slots=True)
class Picture:
    """A view of the page as a reader of this language, with these colours, has it before him."""

    file: str
    query: str
    theme: Literal["light", "dark"]
    language: str
    size: ViewportSize


PICTURES: Final = (
    Picture("overview.png", "", "light", "ru", {"width": 1200, "height": 800}),
    Picture("staff.png", "?view=staff&allowed=no", "dark", "en", {"width": 1200, "height": 800}),
)


class TooLarge(Exception):
    """A picture is too large for the project."""


def main(
    data_dir: Annotated[Path, typer.Option(help="Folder of the loaded servers.")],
    folder: Annotated[Path, typer.Option(help="Where the pictures are written.")] = FOLDER,
) -> None:
    """Make every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(made(data_dir.resolve(), folder))


async def made(data_dir: Path, folder: Path) -> None:
    """Serve the data and look at it as the employer of the organization that employs most."""
    with tempfile.TemporaryDirectory() as temporary:
        async with served(Plan(data_dir, today()), Path(temporary)) as (running, _), chromium() as browser:
            house, _ = await largest(running)
            claims = {"sub": "pictures", "roles": [Role.EMPLOYER], "organizations": [house]}
            token = signed_token(data_dir, claims, 60)
            for each in PICTURES:
                await taken(each, browser, f"http://127.0.0.1:{running.port}/dashboard", token, folder)


async def taken(picture: Picture, browser: Browser, url: str, token: str, folder: Path) -> None:
    """Write one picture. Raises TooLarge."""
    context = await browser.new_context(viewport=picture.size, color_scheme=picture.theme)
    kept = f"sessionStorage.setItem('svod:token', {token!r})"
    await context.add_init_script(f"{kept}; localStorage.setItem('svod:language', {picture.language!r})")
    page = await context.new_page()
    await page.goto(f"{url}{picture.query}")
    await page.locator("main h1").first.wait_for()
    await page.wait_for_function(SETTLED)
    content = await page.screenshot(path=folder / picture.file)
    await context.close()
    if len(content) > MOST_BYTES:
        raise TooLarge(f"{picture.file}: {len(content):,} bytes")


if __name__ == "__main__":
    typer.run(main)
