"""The Chromium of this machine, as it is measured: it reaches nothing but this machine."""

import shutil
from typing import Final

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
    # A page that each window keeps ready for its address bar: half a second of processor, and nobody sees it.
    "--disable-features=WebUIOmniboxAimPopup",
    # No name is looked up: whatever is not on this machine cannot be reached.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class NoChromium(Exception):
    """There is none on this machine."""


def executable() -> str:
    """Where it is. Raises NoChromium."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoChromium
    return found
