"""Global ids: opaque, stable, and free of personal keys."""

import base64
import binascii
import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from resolvers.errors import BadId
from sources.keys import Oid

UUID_NOUNS = frozenset(
    {
        "Worker",
        "Employment",
        "Department",
        "StaffingUnit",
        "License",
        "LicenseActivity",
        "LicenseEvent",
        "Education",
        "Credential",
        "QualificationCategory",
        "Training",
    }
)
NOUNS = UUID_NOUNS | {"Organization"}
_OID = re.compile(r"[0-9]+(\.[0-9]+){2,31}")


def global_id(noun: str, key: UUID | str) -> str:
    """The id of one record: its type and its registry's own key, in URL-safe base 64."""
    return base64.urlsafe_b64encode(f"{noun}:{key}".encode()).decode().rstrip("=")


def parsed_id(text: str, nouns: Collection[str] = NOUNS) -> tuple[str, UUID | Oid]:
    """The type, one of these, and key of a global id; `BadId` names what is wrong with it."""
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise BadId("this is not a global id of Svod") from error
    noun, _, key = plain.partition(":")
    if noun not in nouns or global_id(noun, key) != text:
        raise BadId("this is not a global id of Svod")
    return noun, _key(noun, key)


def _key(noun: str, key: str) -> UUID | Oid:
    if noun == "Organization":
        if not _OID.fullmatch(key):
            raise BadId("this global id of an Organization holds no OID")
        return Oid(key)
    try:
        found = UUID(key)
    except ValueError as error:
        raise BadId(f"this global id of {noun} holds no key") from error
    if str(found) != key:  # in braces, without hyphens: a record has one id, so this is none
        raise BadId(f"this global id of {noun} holds no key")
    return found


def record_id(record: Any) -> str:
    """The global id of a record."""
    return global_id(record.noun, record.oid if record.noun == "Organization" else record.id)
