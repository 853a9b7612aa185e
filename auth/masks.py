"""Masks: enough of a personal value for its holder to know it again, too little for others to learn it."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final


def mask(kind: str, value: object) -> str | None:
    """The mask of a value of this kind (`Snils`, `Inn`, `Phone`, `Email`).

    None where no mask can be made: an absent value, a kind without one (a date), a value not of its kind.
    """
    make = MASKS.get(kind)
    return make(value.strip()) if make is not None and isinstance(value, str) else None


def _snils(value: str) -> str | None:
    digits = _digits(value)
    return f"***-***-*** {digits[-2:]}" if len(digits) == 11 else None


def _inn(value: str) -> str | None:
    digits = _digits(value)
    return "*" * (len(digits) - 2) + digits[-2:] if len(digits) in (10, 12) else None


def _phone(value: str) -> str | None:
    digits = _digits(value)
    return f"+7 *** ***-**-{digits[-2:]}" if len(digits) == 11 and digits[0] in "78" else None


def _email(value: str) -> str | None:
    parts = _EMAIL.fullmatch(value)
    return f"{parts['first']}***@***.{parts['zone']}" if parts else None


def _digits(value: str) -> str:
    """The digits of a value as people type it, nothing where it holds anything but digits and punctuation."""
    return "" if _FOREIGN.search(value) else _PUNCTUATION.sub("", value)


_EMAIL: Final = re.compile(r"(?P<first>[^@\s])[^@\s]+@(?:[^@\s.]+\.)+(?P<zone>[^\W\d_]{2,}|xn--[a-z0-9-]+)")
_PUNCTUATION: Final = re.compile(r"[^0-9]")
_FOREIGN: Final = re.compile(r"[^0-9+()\-\s.]")

MASKS: Final[Mapping[str, Callable[[str], str | None]]] = MappingProxyType(
    {"Snils": _snils, "Inn": _inn, "Phone": _phone, "Email": _email}
)
