"""The name that a caller gives to what he keeps."""

import re
import unicodedata
from typing import Final

from cabinet.errors import BadName
from sources.personal import without_snils

MOST_LETTERS: Final = 100

_BLANKS: Final = re.compile(r"\s+")


def name_of(text: str) -> str:
    """A name as it is kept: its blanks single, its letters composed. Raises BadName."""
    name = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not 1 <= len(name) <= MOST_LETTERS:
        raise BadName(f"should have from 1 to {MOST_LETTERS} characters, not {len(name)}")
    if not name.isprintable():
        raise BadName("should have no control characters")
    if without_snils(name) != name:
        raise BadName("should hold no SNILS")
    return name
