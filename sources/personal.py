"""Personal numbers in texts, told from other numbers by their check digits."""

import re

from sources.keys import InvalidKey, snils

_GAP = r"[\s\-\u2010-\u2015]?"
_ELEVEN = re.compile(rf"(?<!\d)\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}(?!\d)")
HIDDEN = "***-***-*** **"


def without_snils(text: str) -> str:
    """The text without any SNILS; other numbers of eleven digits stay."""
    return _ELEVEN.sub(lambda found: HIDDEN if _is_snils(found[0]) else found[0], text)


def _is_snils(text: str) -> bool:
    try:
        snils(text)
    except InvalidKey:
        return False
    return True
