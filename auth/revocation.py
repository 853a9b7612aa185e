"""Revocations: a token, a session or a person's tokens that count no more, and how they are known again.

Only marks of names are kept and compared: a name may be anything that an issuer thought of.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from auth.principal import Principal
from auth.tokens import LIFETIME, SKEW

KEPT: Final = LIFETIME + 2 * SKEW
"""Seconds that a revocation is kept: no token that was issued before it can live longer."""


class Kind(StrEnum):
    """What is revoked."""

    TOKEN = "token"  # noqa: S105 - a word, not a secret
    SESSION = "session"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Revocation:
    """One revocation, made `at` and kept `until` (seconds since 1970); `told` is for people to know it by."""

    kind: Kind
    mark: str
    told: str
    at: float

    @property
    def until(self) -> float:
        """When it can be forgotten, for every token that it strikes has ended."""
        return self.at + KEPT


@dataclass(frozen=True, slots=True)
class Marks:
    """How one token would be named in a revocation, and when it was issued (seconds since 1970)."""

    names: tuple[str, ...]
    subject: str
    issued_at: float


def mark(kind: Kind, name: str) -> str:
    """What stands for a name of this kind."""
    return hashlib.sha256(f"{kind}\0{name}".encode()).hexdigest()[:32]


def marks_of(principal: Principal) -> Marks:
    """The marks of a principal's token."""
    named = ((Kind.TOKEN, principal.token_id), (Kind.SESSION, principal.session))
    issued = principal.issued_at.timestamp() if principal.issued_at is not None else float("-inf")
    names = tuple(mark(kind, name) for kind, name in named if name is not None)
    return Marks(names, mark(Kind.SUBJECT, principal.subject), issued)


class Revocations:
    """The revocations that are known here, by their marks. `version` grows with each that is new."""

    def __init__(self) -> None:
        self._known: dict[str, Revocation] = {}
        self.version = 0

    def add(self, revocations: Iterable[Revocation]) -> None:
        """Know these too; of two of one person's tokens the later one counts."""
        for each in revocations:
            known = self._known.get(each.mark)
            if known is None or known.at < each.at:
                self._known[each.mark] = each
                self.version += 1

    def forget(self, now: float) -> None:
        """Forget those that can strike no token any more."""
        for each in [each for each in self._known.values() if each.until <= now]:
            del self._known[each.mark]

    def strike(self, marks: Marks) -> bool:
        """Whether a token is revoked; a person's tokens are, up to those issued as the clocks may differ."""
        if any(name in self._known for name in marks.names):
            return True
        person = self._known.get(marks.subject)
        return person is not None and marks.issued_at <= person.at + SKEW

    def __iter__(self) -> Iterator[Revocation]:
        return iter(list(self._known.values()))

    def __len__(self) -> int:
        return len(self._known)
