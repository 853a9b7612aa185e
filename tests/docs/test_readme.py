"""The README is short, and what it names exists."""

import re

from tests.docs.pages import ROOT

README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
HELP = set(
    re.findall(r"^([a-z][a-z-]*):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)


def test_it_is_read_in_one_go() -> None:
    assert len(TEXT.splitlines()) < 100


def test_every_make_target_that_the_documentation_names_exists() -> None:
    pages = [README, *(ROOT / "docs").rglob("*.md")]
    named = {target for page in pages for target in re.findall(r"`?make ([a-z-]+)`", page.read_text("utf-8"))}
    assert {"run", "test"} <= named
    assert not named - TARGETS


def test_make_help_lists_every_command() -> None:
    assert HELP | {"explorer"} >= TARGETS


def test_the_map_of_rooms_shows_every_room() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert not [room for room in rooms if f"{room}/" not in TEXT]
