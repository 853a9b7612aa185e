"""Keys as parameters of a read. Knows no table."""

from collections.abc import Sequence
from typing import Any

from sources.keys import Holder
from sources.rows import Columns


def key_values(names: Columns, keys: Sequence[Any]) -> dict[str, list[Any]]:
    """The arrays that a read asks for, each key once, by key column; empty when no key is left to ask for."""
    asked = [key for key in dict.fromkeys(keys) if _can_exist(key)]
    if not asked:
        return {}
    if len(names) == 1:
        return {names[0]: asked}
    return dict(zip(names, map(list, zip(*asked, strict=True)), strict=True))


def holder_values(names: Columns, keys: Sequence[Holder], *, pairs_too: bool) -> dict[str, list[Any]]:
    """The arrays of a read by holder: OIDs, and INNs and OGRNs of the keys without OID, or of all."""
    asked = [key for key in dict.fromkeys(keys) if _can_exist(key)]
    pairs = [key for key in asked if pairs_too or key[0] is None]
    if not asked:
        return {}
    oids = [key[0] for key in asked if key[0] is not None]
    return dict(zip(names, (oids, [key[1] for key in pairs], [key[2] for key in pairs]), strict=True))


def storable(text: str) -> bool:
    """Whether PostgreSQL can hold the text; what it cannot hold is in no registry."""
    if "\0" in text:
        return False
    return text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)


def _can_exist(key: Any) -> bool:
    if isinstance(key, tuple):
        return all(map(_can_exist, key))
    return not isinstance(key, str) or storable(key)
