"""Documents that the operators trust: asked by their id, and for some roles the only ones allowed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

import structlog

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refused
from gateway.operation.prepare import Preparation
from gateway.rates.policy import PUBLIC
from gateway.trusted.manifest import Document, ManifestError, documents

LOOK_SECONDS = 1.0
"""How often the manifest's file is looked at, at most."""

SCHEMA_FIELDS = frozenset({"__schema", "__type", "__typename", "_service"})

log = structlog.get_logger("gateway.trusted")


class Asking(Protocol):
    """Who asks."""

    @property
    def principal(self) -> Any:
        """With `roles`."""

    @property
    def authenticated(self) -> bool:
        """Whether a token said who it is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The documents of one reading of the manifest."""

    texts: dict[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, found: Collection[Document]) -> "Kept":
        """These documents, by id."""
        texts = {document.identity: document.text for document in found}
        return cls(texts, frozenset(texts.values()))


class TrustedDocuments:
    """The documents of a manifest, read again when its file changes; a broken one leaves what was known."""

    def __init__(
        self,
        file: Path | None,
        only_for: Collection[str],
        *,
        schema_is_open: bool,
        own: Sequence[Document] = (),
    ) -> None:
        """`only_for` are the roles (and `public`) that may ask nothing else; `own` are the documents of
        Svod's own pages, which are always there. Raises ManifestError.
        """
        self._file = file
        self._only_for = frozenset(only_for)
        self._schema_is_open = schema_is_open
        self._own = own
        self._stamp = _stamp(file)
        self._kept = self._read(file)
        self._looked = monotonic()

    def __len__(self) -> int:
        return len(self._current().texts)

    def text(self, identity: str) -> str | None:
        """The text of a trusted document, None where there is none of this id."""
        return self._current().texts.get(identity)

    def check_text(self, text: str, asking: Asking) -> None:
        """Refuses the same before the text is parsed, where the schema may not be read either."""
        if self._only_for and not self._schema_is_open:
            self.check(text, (), asking)

    def check(self, text: str, root_fields: Collection[str], asking: Asking) -> None:
        """Refuses what the caller's roles may not ask because nobody has trusted it. Raises RequestError."""
        if not self._only_for or not self._is_bound(asking) or text in self._current().known:
            return
        if self._schema_is_open and SCHEMA_FIELDS.issuperset(root_fields):
            return
        told = "Only trusted documents are answered to this role: ask for one by its id."
        raise refused(ErrorCode.DOCUMENT_NOT_TRUSTED, told)

    def prepare(self, preparation: Preparation) -> dict[str, RequestError]:
        """Have every document ready before it is asked; the faults of those that are wrong, by their id."""
        faults = {}
        for identity, text in self._current().texts.items():
            try:
                preparation.prepare(text)
            except RequestError as error:
                faults[identity] = error
                log.error("trusted_document_wrong", id=identity, code=error.code, fault=str(error))
        return faults

    def _is_bound(self, asking: Asking) -> bool:
        """Whether every role of the caller is one that may ask trusted documents only."""
        roles = asking.principal.roles if asking.authenticated else ()
        return self._only_for.issuperset(roles or (PUBLIC,))

    def _current(self) -> Kept:
        if self._file is not None and monotonic() - self._looked >= LOOK_SECONDS:
            self._looked = monotonic()
            self._look(self._file)
        return self._kept

    def _read(self, file: Path | None) -> Kept:
        """The documents of the file as it is now, and Svod's own."""
        return Kept.of([*self._own, *(documents(file) if file is not None else ())])

    def _look(self, file: Path) -> None:
        """Read the manifest again where its file is another."""
        stamp = _stamp(file)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._kept = self._read(file)
        except ManifestError as error:
            log.error("trusted_documents_kept", reason=str(error))
        else:
            log.info("trusted_documents_read", documents=len(self._kept.texts))


def _stamp(file: Path | None) -> tuple[int, int, int] | None:
    """What tells one writing of a file from another; None while it is not there."""
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found is not None else None
