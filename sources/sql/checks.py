"""Which numbers of a row are wrong by their form or check digits, in the registry's own SQL: a bit for each.

A number leaves its registry as a hash or not at all, so this is said while it is copied. Whole numbers are
divided, since that costs a tenth of taking texts apart.
"""

from collections.abc import Mapping, Sequence
from typing import Final

_SNILS: Final = (9, 8, 7, 6, 5, 4, 3, 2, 1)
_TENTH: Final = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVENTH: Final = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELFTH: Final = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_WITHOUT_CHECK: Final = 1_001_998
"""SNILS up to 001-001-998 were given out before check digits."""


def _sum(number: str, length: int, weights: Sequence[int]) -> str:
    """The weighted sum of a number's first digits."""
    parts = (
        f"{weight} * ({number}::bigint / {10 ** (length - place)} % 10)"
        for place, weight in enumerate(weights, 1)
    )
    return f"({' + '.join(parts)})"


def _digits(column: str, length: int) -> str:
    return f"{column} ~ '^[0-9]{{{{{length}}}}}$'"  # the braces outlive one more formatting


def _snils(column: str) -> str:
    right = f"{_sum(column, 11, _SNILS)} % 101 % 100 = {column}::bigint % 100"
    return (
        f"case when {_digits(column, 11)} then {column}::bigint / 100 <= {_WITHOUT_CHECK} or {right}"
        " else false end"
    )


def _inn(column: str) -> str:
    """Of 10 digits a legal entity's, of 12 a person's."""
    entity = f"{_sum(column, 10, _TENTH)} % 11 % 10 = {column}::bigint % 10"
    return (
        f"case when {_digits(column, 10)} then {entity} when {_digits(column, 12)} then {_of_person(column)}"
        " else false end"
    )


def _persons_inn(column: str) -> str:
    return f"case when {_digits(column, 12)} then {_of_person(column)} else false end"


def _of_person(column: str) -> str:
    return (
        f"{_sum(column, 12, _ELEVENTH)} % 11 % 10 = {column}::bigint / 10 % 10"
        f" and {_sum(column, 12, _TWELFTH)} % 11 % 10 = {column}::bigint % 10"
    )


def _ogrn(column: str) -> str:
    """Of 13 digits a legal entity's, of 15 a proprietor's."""
    entity, proprietor = (f"{column}::bigint / 10 % {by} % 10 = {column}::bigint % 10" for by in (11, 13))
    return (
        f"case when {_digits(column, 13)} then {entity} when {_digits(column, 15)} then {proprietor}"
        " else false end"
    )


_OLD: Final = "'^(ЛО|ФС)-[0-9]{{2}}-[0-9]{{2}}-[0-9]{{6}}$'"
_NEW: Final = "'^Л041-[0-9]{{5}}-[0-9]{{2}}/[0-9]{{8}}$'"


def _faults(right: Mapping[int, str]) -> str:
    """The bits whose condition does not hold, summed; a null one is of a number that is not there."""
    parts = (f"case when {holds} is false then {bit} else 0 end" for bit, holds in right.items())
    return f"({' + '.join(parts)})::smallint"


WORKER_FAULTS: Final = _faults(
    {1: f"({_snils('t.snils')})", 2: f"(t.inn is null or ({_persons_inn('t.inn')}))"}
)
ORGANIZATION_FAULTS: Final = _faults({1: f"({_inn('t.inn')})", 2: f"({_ogrn('t.ogrn')})"})
LICENSE_FAULTS: Final = _faults(
    {
        1: f"(t.number ~ {_NEW} or t.number ~ {_OLD})",
        2: f"(t.old_number ~ {_OLD})",
        4: f"({_inn('t.holder_inn')})",
        8: f"({_ogrn('t.holder_ogrn')})",
    }
)
