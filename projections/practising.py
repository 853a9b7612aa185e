"""Which positions are not filled without a credential, by the code list of positions."""

from functools import cache
from typing import Final

from sources.dictionary import Dictionaries, Dictionary, Entry

_IN_ANY: Final = frozenset({"PHYSICIAN", "MANAGER"})
"""Whose positions take a credential of whatever specialty: the head of a department has that of his own."""


def practising(dictionaries: Dictionaries) -> tuple[str, ...]:
    """The codes of such positions: with a specialty, or a physician's or a head's. Orderlies have neither."""
    entries = dictionaries.entries(Dictionary.POSITIONS)
    return tuple(sorted(each.code for each in entries if _practises(each)))


def _practises(position: Entry) -> bool:
    return bool(position.attributes.get("specialty")) or position.attributes.get("staff") in _IN_ANY


@cache
def practising_positions() -> tuple[str, ...]:
    """Those of the lists that ship with Svod."""
    return practising(Dictionaries.load())
