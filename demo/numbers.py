"""Official numbers with true check digits, each made from an ordinal so that no two are alike."""

from collections.abc import Callable
from random import Random
from typing import TypeAlias


def _sums(*weights: int) -> tuple[int, ...]:
    """Weighted sums of three digits, for every three digits there are: quicker than digit by digit."""
    first, second, third = weights
    return tuple(first * (n // 100) + second * (n // 10 % 10) + third * (n % 10) for n in range(1000))


_SNILS = _sums(9, 8, 7), _sums(6, 5, 4), _sums(3, 2, 1)
_INN_10 = _sums(2, 4, 10), _sums(3, 5, 9), _sums(4, 6, 8)
_INN_11 = _sums(7, 2, 4), _sums(10, 3, 5), _sums(9, 4, 6)
_INN_12 = _sums(3, 7, 2), _sums(4, 10, 3), _sums(5, 9, 4)

_VERSION_4 = (0x4 << 76) | (0x8 << 60)
_NOT_VERSION = ((1 << 128) - 1) ^ (0xF << 76) ^ (0xC << 60)


Base: TypeAlias = Callable[[int], int]
"""The number, still without check digits, that belongs to an ordinal."""


def scattered(low: int, high: int, step: int) -> Base:
    """A function that gives every ordinal a number of its own in the range, without visible order."""
    span = high - low
    return lambda ordinal: low + ordinal * step % span


# Each span is a prime, so that any step gives every ordinal another number.
snils_base = scattered(1_100_000, 1_100_000 + 998_000_027, 618_033_989)
registry_base = scattered(1_000_000_000, 1_000_000_000 + 8_999_999_993, 5_561_803_391)
holder_base = scattered(1_000_000, 1_000_000 + 8_999_993, 5_618_033)
license_base = scattered(10_000_000, 10_000_000 + 89_999_999, 55_618_033)


def snils(base: int) -> str:
    """СНИЛС: nine digits and the two that check them."""
    return f"{base:09}{_sum(base, _SNILS) % 101 % 100:02}"


def inn_10(nine: str) -> str:
    """ИНН of a legal entity."""
    return f"{nine}{_sum(int(nine), _INN_10) % 11 % 10}"


def inn_12(ten: str) -> str:
    """ИНН of a person."""
    nine, last = divmod(int(ten), 10)
    first = (_sum(nine, _INN_11) + 8 * last) % 11 % 10
    second = (_sum(nine, _INN_12) + 6 * last + 8 * first) % 11 % 10
    return f"{ten}{first}{second}"


def ogrn(twelve: str) -> str:
    """ОГРН of a legal entity."""
    return f"{twelve}{int(twelve) % 11 % 10}"


def ogrnip(fourteen: str) -> str:
    """ОГРНИП of a sole proprietor."""
    return f"{fourteen}{int(fourteen) % 13 % 10}"


def organization_oid(region: str, number: int) -> str:
    """OID of a medical organization; a part of an OID has no leading zero."""
    return f"1.2.643.5.1.13.13.12.2.{int(region)}.{number}"


def identity(random: Random) -> str:
    """A random UUID, in the 32 digits that PostgreSQL reads too."""
    return f"{random.getrandbits(128) & _NOT_VERSION | _VERSION_4:032x}"


def _sum(nine: int, tables: tuple[tuple[int, ...], ...]) -> int:
    head, body, tail = tables
    return head[nine // 1_000_000] + body[nine // 1000 % 1000] + tail[nine % 1000]
