"""The keys that join registries: distinct types, and parsers of what people type that name the fault."""

import re
import unicodedata
from typing import NewType

Snils = NewType("Snils", str)
Inn = NewType("Inn", str)
Ogrn = NewType("Ogrn", str)
Oid = NewType("Oid", str)
LicenseNumber = NewType("LicenseNumber", str)
RegistryNumber = NewType("RegistryNumber", str)

Holder = tuple[Oid | None, Inn, Ogrn]
"""How the licence registry names an organization: by OID where it has learnt it, by INN and OGRN always."""

SNILS_WITHOUT_CHECK = 1_001_998
"""Numbers up to 001-001-998 were given out before check digits."""

OID_LENGTH = 64
REGISTRY_NUMBER_LENGTH = 14

_INN_TENTH = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_ELEVENTH = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_TWELFTH = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
_LICENSE = re.compile(r"(Л041|ЛО|ФС)(.*)", re.DOTALL)
# Latin letters that look, or are typed, like the Cyrillic ones of licence numbers.
_CYRILLIC = str.maketrans("LOCFS", "ЛОСФС")
_HYPHENS = frozenset("\u2212\u2043")


class InvalidKey(ValueError):
    """Text that is no key of its kind. `fault` says exactly why and never repeats the text."""

    def __init__(self, kind: str, fault: str) -> None:
        super().__init__(f"{kind}: {fault}")
        self.kind = kind
        self.fault = fault


def snils(text: str) -> Snils:
    """A SNILS (СНИЛС) as the registries keep it: 11 digits."""
    typed = _digits("SNILS", text, (11,))
    if int(typed[:9]) > SNILS_WITHOUT_CHECK:
        _compare("SNILS", typed[9:], snils_check(typed[:9]))
    return Snils(typed)


def snils_check(nine: str) -> str:
    """The two check digits after the nine digits of a SNILS."""
    return f"{_sum(nine, (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 101 % 100:02}"


def masked_snils(key: Snils) -> str:
    """What may be shown to those who may not see it: `***-***-*** 95`."""
    return f"***-***-*** {key[-2:]}"


def inn(text: str) -> Inn:
    """An INN (ИНН): 10 digits of a legal entity, 12 of a person."""
    typed = _digits("INN", text, (10, 12))
    checks = 1 if len(typed) == 10 else 2
    _compare("INN", typed[-checks:], inn_check(typed[:-checks]))
    return Inn(typed)


def inn_check(digits: str) -> str:
    """The check digit after 9 digits of a legal entity's INN, the two after 10 of a person's."""
    if len(digits) == 9:
        return str(_sum(digits, _INN_TENTH) % 11 % 10)
    eleventh = str(_sum(digits, _INN_ELEVENTH) % 11 % 10)
    return eleventh + str(_sum(digits + eleventh, _INN_TWELFTH) % 11 % 10)


def masked_inn(key: Inn) -> str:
    """What may be shown to those who may not see it: `**********59`."""
    return "*" * (len(key) - 2) + key[-2:]


def ogrn(text: str) -> Ogrn:
    """An OGRN (ОГРН) of 13 digits, or a proprietor's (ОГРНИП) of 15."""
    typed = _digits("OGRN", text, (13, 15))
    _compare("OGRN", typed[-1], ogrn_check(typed[:-1]))
    return Ogrn(typed)


def ogrn_check(digits: str) -> str:
    """The check digit after 12 digits of an OGRN or 14 of a proprietor's."""
    return str(int(digits) % (len(digits) - 1) % 10)


def oid(text: str) -> Oid:
    """An OID: numbers joined by dots, as 1.2.643.5.1.13.13.12.2.77.7809."""
    typed = _typed(text)
    if len(typed) > OID_LENGTH:
        raise InvalidKey("OID", f"at most {OID_LENGTH} characters are allowed, got {len(typed)}")
    if not _OID.fullmatch(typed):
        raise InvalidKey("OID", "numbers joined by dots expected, from 0, 1 or 2 on, without leading zeros")
    return Oid(typed)


def license_number(text: str) -> LicenseNumber:
    """A licence number: Л041-01137-77/01838787, or before 2022 ЛО-77-01-018109 and ФС-99-01-000123."""
    typed = _typed(text).translate(_CYRILLIC)
    plain = "".join(sign for sign in typed if sign not in "-/\\")
    # A letter О typed as zero, or a zero as the letter, is told by what stands beside it.
    if typed.startswith("Л0-"):
        plain = "ЛО" + plain[2:]
    elif plain.startswith("ЛО41") and len(plain) == 19:
        plain = "Л041" + plain[4:]
    found = _LICENSE.fullmatch(plain)
    if not found:
        raise InvalidKey("licence number", "it begins with Л041, ЛО or ФС")
    return _license_number(found[1], found[2])


def _license_number(letters: str, digits: str) -> LicenseNumber:
    expected = 15 if letters == "Л041" else 10
    if digits and not _only_digits(digits):
        raise InvalidKey("licence number", f"only digits may follow {letters}")
    if len(digits) != expected:
        raise InvalidKey("licence number", f"{expected} digits expected after {letters}, got {len(digits)}")
    if letters == "Л041":
        return LicenseNumber(f"{letters}-{digits[:5]}-{digits[5:7]}/{digits[7:]}")
    return LicenseNumber(f"{letters}-{digits[:2]}-{digits[2:4]}-{digits[4:]}")


def registry_number(text: str) -> RegistryNumber:
    """A worker's number in the worker registry: letters, digits and hyphens."""
    typed = _typed(text)
    if not 1 <= len(typed) <= REGISTRY_NUMBER_LENGTH:
        fault = f"1 to {REGISTRY_NUMBER_LENGTH} characters expected, got {len(typed)}"
        raise InvalidKey("registry number", fault)
    if not typed.replace("-", "").isalnum():
        raise InvalidKey("registry number", "only letters, digits and hyphens are allowed")
    return RegistryNumber(typed)


def _typed(text: str) -> str:
    """Text in capitals, without spaces and invisible signs of any kind, every hyphen and dash as "-"."""
    if text.isascii() and text.isalnum():
        return text.upper()
    signs = unicodedata.normalize("NFKC", text).upper()
    return "".join("-" if _is_hyphen(sign) else sign for sign in signs if not _is_space(sign))


def _is_hyphen(sign: str) -> bool:
    return sign in _HYPHENS or unicodedata.category(sign) == "Pd"


def _is_space(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cf", "Zs")


def _only_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _digits(kind: str, text: str, lengths: tuple[int, ...]) -> str:
    """The digits of a number that has one of these lengths."""
    typed = _typed(text).replace("-", "")
    if typed and not _only_digits(typed):
        raise InvalidKey(kind, "only digits, spaces and hyphens are allowed")
    if len(typed) not in lengths:
        expected = " or ".join(map(str, lengths))
        raise InvalidKey(kind, f"{expected} digits expected, got {len(typed)}")
    return typed


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _compare(kind: str, typed: str, right: str) -> None:
    if typed != right:
        raise InvalidKey(kind, f"check digit{'s' if len(right) > 1 else ''} should be {right}")
