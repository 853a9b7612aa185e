"""Trusted documents as a client's build lists them: Apollo's manifest, Relay's, a map, a list of files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from re import compile as pattern
from typing import Any

import orjson

APOLLO = "apollo-persisted-query-manifest"
LONGEST_ID = 256

_DIGEST = pattern(r"[0-9a-f]{64}")


class ManifestError(Exception):
    """A manifest cannot be used: its file, and what is wrong with it."""

    def __init__(self, file: Path, fault: str) -> None:
        super().__init__(f"the manifest of trusted documents {file} {fault}")


@dataclass(frozen=True, slots=True)
class Document:
    """One trusted document: its id, its text, and the operation's name where the manifest tells it."""

    identity: str
    text: str
    name: str | None = None

    @property
    def is_altered(self) -> bool:
        """Whether the id is a SHA-256, but not this text's: one of them was changed afterwards."""
        if _DIGEST.fullmatch(self.identity) is None:
            return False
        return digest(self.text) != self.identity


def digest(text: str) -> str:
    """The id of a text that came without one."""
    return sha256(text.encode()).hexdigest()


def documents(file: Path) -> list[Document]:
    """The documents of a manifest, whichever of the formats it has. Raises ManifestError."""
    try:
        manifest = orjson.loads(file.read_bytes())
    except OSError as exc:
        raise ManifestError(file, "cannot be read") from exc
    except orjson.JSONDecodeError as exc:
        raise ManifestError(file, f"is not JSON: line {exc.lineno}, column {exc.colno}") from exc
    match manifest:
        case {"format": format_, "operations": list(operations)}:
            found = _of_apollo(file, format_, manifest.get("version"), operations)
        case dict():
            found = _of_map(file, manifest)
        case list():
            found = [_of_file(file, name) for name in manifest]
        case _:
            raise ManifestError(file, "should hold a JSON object or list")
    _check_ids(file, found)
    return found


def _of_apollo(file: Path, format_: object, version: object, operations: Sequence[Any]) -> list[Document]:
    if format_ != APOLLO or version != 1:
        raise ManifestError(file, f"should have the format `{APOLLO}`, version 1")
    found = []
    for number, operation in enumerate(operations, 1):
        match operation:
            case {"id": str(identity), "body": str(text)}:
                found.append(Document(identity, text, operation.get("name")))
            case _:
                raise ManifestError(file, f"should have `id` and `body` in each operation: number {number}")
    return found


def _of_map(file: Path, manifest: Mapping[str, Any]) -> list[Document]:
    for identity, text in manifest.items():
        if not isinstance(text, str):
            raise ManifestError(file, f"should have a document's text under each id: `{identity[:80]}`")
    return [Document(identity, text) for identity, text in manifest.items()]


def _of_file(file: Path, name: object) -> Document:
    """A document by the name of its file, which stands in the manifest's folder or below."""
    folder = file.parent.resolve()
    if not isinstance(name, str):
        raise ManifestError(file, "should list names of files")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise ManifestError(file, f"should list files of its own folder: `{name}`")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ManifestError(file, f"lists a file that cannot be read: `{name}`") from exc
    return Document(digest(text), text, path.stem)


def _check_ids(file: Path, found: Sequence[Document]) -> None:
    texts: dict[str, str] = {}
    for document in found:
        if not 0 < len(document.identity) <= LONGEST_ID:
            raise ManifestError(file, f"should have ids of 1 to {LONGEST_ID} characters")
        if texts.setdefault(document.identity, document.text) != document.text:
            raise ManifestError(file, f"has two documents under one id: `{document.identity}`")
