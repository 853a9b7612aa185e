"""The claims of a token: one of another shape than agreed is refused by its name, never its value."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from auth.errors import InvalidToken, TokenFault
from auth.principal import Grant, Principal, Role
from auth.rights import TABLE, Extent

Claims = Mapping[str, object]

_OID: Final = re.compile(r"[0-2](?:\.(?:0|[1-9]\d{0,19}))+", re.ASCII)
_OID_LENGTH: Final = 64
_REGION: Final = re.compile(r"\d{2}", re.ASCII)
_SNILS: Final = re.compile(r"\d{3}-?\d{3}-?\d{3}[- ]?\d{2}", re.ASCII)
_TEXT_LENGTH: Final = 200


def principal_of(claims: Claims) -> Principal:
    """The principal that checked claims describe: one grant for each role, with the extent of that role."""
    return Principal(
        subject=_required_text(claims, "sub"),
        grants=_grants(claims),
        snils=_snils(claims),
        session=_text(claims, "sid"),
        token_id=_text(claims, "jti"),
        expires_at=datetime.fromtimestamp(moment(claims, "exp"), UTC),
        acr=_text(claims, "acr"),
        amr=frozenset(_texts(claims, "amr") or ()),
        issued_at=datetime.fromtimestamp(moment(claims, "iat"), UTC),
    )


def moment(claims: Claims, name: str) -> float:
    """A moment as seconds since 1970; the claim must be there and be a finite number."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise wrong(name)
    return value


def audiences(claims: Claims) -> list[str]:
    """The audiences that the token is for: one or a list."""
    value = claims.get("aud")
    return [value] if isinstance(value, str) else _texts(claims, "aud") or []


def wrong(name: str) -> InvalidToken:
    """The refusal of a claim by its name."""
    return InvalidToken(TokenFault.CLAIM, name)


def _grants(claims: Claims) -> frozenset[Grant]:
    organizations, regions = _organizations(claims), _regions(claims)
    return frozenset(_grant(role, organizations, regions) for role in _roles(claims))


def _grant(role: Role, organizations: frozenset[str], regions: frozenset[str] | None) -> Grant:
    match TABLE[role].extent:
        case Extent.OWN_STAFF:
            return Grant(role, organizations=organizations)
        case Extent.REGIONS:
            return Grant(role, regions=regions)
        case Extent.SELF | Extent.ALL:
            return Grant(role)


def _roles(claims: Claims) -> frozenset[Role]:
    try:
        return frozenset(Role(name) for name in _texts(claims, "roles") or ())
    except ValueError as exc:
        raise wrong("roles") from exc


def _organizations(claims: Claims) -> frozenset[str]:
    oids = _texts(claims, "organizations") or []
    if not all(len(oid) <= _OID_LENGTH and _OID.fullmatch(oid) for oid in oids):
        raise wrong("organizations")
    return frozenset(oids)


def _regions(claims: Claims) -> frozenset[str] | None:
    """The region codes; None, which means all, where the claim is missing. An empty list is a mistake."""
    codes = _texts(claims, "regions")
    if codes is not None and not (codes and all(map(_REGION.fullmatch, codes))):
        raise wrong("regions")
    return None if codes is None else frozenset(codes)


def _snils(claims: Claims) -> str | None:
    value = _text(claims, "snils")
    if value is not None and not _SNILS.fullmatch(value):
        raise wrong("snils")
    return None if value is None else re.sub(r"\D", "", value)


def _required_text(claims: Claims, name: str) -> str:
    value = _text(claims, name)
    if value is None:
        raise wrong(name)
    return value


def _text(claims: Claims, name: str) -> str | None:
    if name not in claims:
        return None
    value = claims[name]
    if not _is_text(value):
        raise wrong(name)
    return str(value)


def _texts(claims: Claims, name: str) -> list[str] | None:
    if name not in claims:
        return None
    value = claims[name]
    if not isinstance(value, list) or not all(map(_is_text, value)):
        raise wrong(name)
    return [str(item) for item in value]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _TEXT_LENGTH and value.isprintable()
