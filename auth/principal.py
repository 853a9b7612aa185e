"""Who asks: the principal of a request, his grants, his purpose, and how he wants refusals told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from auth.errors import UnknownWord


class Role(StrEnum):
    """What a caller acts as. The values are those of the token's `roles` claim."""

    WORKER = "worker"
    EMPLOYER = "employer"
    REGULATOR = "regulator"
    INSURER = "insurer"
    AUDITOR = "auditor"
    ANALYST = "analyst"
    ADMIN = "admin"
    SUPPORT = "support"


class _HeaderValue(StrEnum):
    """A word that a request header may carry."""

    @classmethod
    def header(cls) -> str:
        """The header's name."""
        raise NotImplementedError

    @classmethod
    def stated(cls, text: str | None) -> Self | None:
        """The word in a header's text, None without the header; any other word is refused with the list."""
        if text is None:
            return None
        try:
            return cls(text.strip().lower())
        except ValueError as exc:
            raise UnknownWord(cls.header(), [str(word) for word in cls]) from exc


class Purpose(_HeaderValue):
    """Why a regulator looks at personal data (цель обработки), stated in the header `X-Access-Purpose`."""

    INSPECTION = "inspection"  # контроль и надзор
    LICENSING = "licensing"  # лицензирование
    ACCREDITATION = "accreditation"  # аккредитация и аттестация специалистов
    COMPLAINT = "complaint"  # рассмотрение обращения гражданина
    CORRECTION = "correction"  # исправление записи реестра
    COURT_ORDER = "court-order"  # запрос суда или следствия

    @classmethod
    def header(cls) -> str:
        return "X-Access-Purpose"


class AccessMode(_HeaderValue):
    """How refusals are told: nulls and masks, or the whole operation refused (`X-Access-Mode`)."""

    FILTER = "filter"
    REJECT = "reject"

    @classmethod
    def header(cls) -> str:
        return "X-Access-Mode"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role and its extent: organizations by OID, regions by code (None: all of them)."""

    role: Role
    organizations: frozenset[str] = frozenset()
    regions: frozenset[str] | None = None


class LapseReason(StrEnum):
    """Why a grant of a token does not hold just now."""

    SESSIONS_UNAVAILABLE = "SESSIONS_UNAVAILABLE"
    EMPLOYMENT_ENDED = "EMPLOYMENT_ENDED"
    EMPLOYMENT_UNKNOWN = "EMPLOYMENT_UNKNOWN"
    ORGANIZATION_CLOSED = "ORGANIZATION_CLOSED"
    ORGANIZATION_UNKNOWN = "ORGANIZATION_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Lapse:
    """A grant of the token that does not hold just now; of an employer's, the organization by its OID."""

    role: Role
    reason: LapseReason
    organization: str | None = None

    def line(self) -> Mapping[str, str]:
        """The line of `extensions.grants`."""
        named = {} if self.organization is None else {"organization": self.organization}
        return {"role": self.role.value, **named, "reason": self.reason.value}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, as his token says; `snils` is his own and is never shown in a text."""

    subject: str
    grants: frozenset[Grant] = frozenset()
    snils: str | None = field(default=None, repr=False)
    session: str | None = None
    token_id: str | None = None
    expires_at: datetime | None = None
    acr: str | None = None
    amr: frozenset[str] = frozenset()
    issued_at: datetime | None = None
    lapses: tuple[Lapse, ...] = ()

    @property
    def is_unchecked(self) -> bool:
        """Whether the token may be revoked or its session over, which could not be found out."""
        return any(lapse.reason is LapseReason.SESSIONS_UNAVAILABLE for lapse in self.lapses)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of all grants."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_public(self) -> bool:
        """True for a caller without a token."""
        return self == PUBLIC


PUBLIC = Principal(subject="public")
