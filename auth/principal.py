"""Who asks: the principal of a request, his grants, his purpose, and how he wants refusals told."""

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

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of all grants."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_public(self) -> bool:
        """True for a caller without a token."""
        return self == PUBLIC


PUBLIC = Principal(subject="public")
