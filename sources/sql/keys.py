"""Keys as parameters of a read. Knows no table."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from sources.keys import Holder
from sources.rows import Columns

K = TypeVar("K")


def key_arrays(names: Columns, keys: Sequence[Any]) -> list[list[Any]]:
    """The array of each key column, each key once; none of them when no key is left to ask for."""
    asked = _existing(keys)
    if not asked:
        return []
    return [asked] if len(names) == 1 else list(map(list, zip(*asked, strict=True)))


def key_values(names: Columns, keys: Sequence[Any]) -> dict[str, list[Any]]:
    """These arrays by key column."""
    return dict(zip(names, key_arrays(names, keys), strict=False))


def holder_values(names: Columns, keys: Sequence[Holder], *, pairs_too: bool) -> dict[str, list[Any]]:
    """The arrays of a read by holder: OIDs, and INNs and OGRNs of the keys without OID, or of all."""
    asked = _existing(keys)
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


def _existing(keys: Sequence[K]) -> list[K]:
    """Each key once, without those that no registry can hold. The keys of a read are all of one kind."""
    asked = list(dict.fromkeys(keys)) if len(keys) > 1 else list(keys)
    if not asked or not isinstance(asked[0], str | tuple):
        return asked
    # Keys are many and the odd one is rare: looked at together, then one by one.
    if isinstance(asked[0], str) and storable("".join(cast("list[str]", asked))):
        return asked
    return [key for key in asked if _can_exist(key)]


def _can_exist(key: Any) -> bool:
    if isinstance(key, tuple):
        return all(map(_can_exist, key))
    return not isinstance(key, str) or storable(key)
