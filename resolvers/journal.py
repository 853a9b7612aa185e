"""How the journal is answered: all of it to the auditor, and to a worker who looked at his own record."""

from dataclasses import dataclass, replace
from typing import ClassVar

from audit.filter import JournalFilter
from loaders.pages import Page
from resolvers.connection import Connection, listing
from resolvers.context import Context
from resolvers.errors import BadCursor
from resolvers.ids import parsed_id
from resolvers.link import Ask
from sources.keys import Snils

WHOLE = "Journal"
"""What is read by an auditor who asks for nobody in particular."""


@dataclass(frozen=True, slots=True)
class Reading:
    """That somebody reads the journal, about this person or about all."""

    noun: ClassVar[str] = "JournalReading"
    about: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, as a record about himself."""

    noun: ClassVar[str] = "Viewer"
    snils: Snils


def journal(context: Context, asked: JournalFilter, first: int, after: str | None) -> Connection:
    """Entries, newest first. That the auditor reads them is an entry itself."""
    subject = asked.subject and _named(asked.subject)
    context.released.note("Query", "journal", [Reading(subject or WHOLE)], masked=False)
    return _pages("journal_page", "journal", replace(asked, subject=subject), first, after)


def viewer(_root: None, context: Context) -> Viewer | None:
    """Who asks; nobody where that is the public."""
    principal = context.principal
    return None if principal.is_public else Viewer(Snils(principal.snils or ""))


async def accesses(root: Viewer, context: Context, first: int, after: str | None) -> Connection | None:
    """Who was given what of the viewer's own record, newest first; none where he has no record."""
    own = await context.loaders.subject_by_snils.load(root.snils)
    if own is None:
        return None
    return _pages("access_page", "accesses", JournalFilter(subject=f"Worker:{own.id}"), first, after)


def _pages(loader: str, name: str, asked: JournalFilter, first: int, after: str | None) -> Connection:
    return listing(
        (name, asked),
        first,
        after,
        key=lambda row: str(row.number),
        parse=_number,
        page=lambda start, limit: Ask(loader, Page(asked, start, limit)),
        count=Ask("journal_count", asked),
    )


def _number(text: str) -> int:
    if not text.isdecimal():
        raise BadCursor("argument `after` holds no cursor of Svod")
    return int(text)


def _named(global_id: str) -> str:
    """How the journal names the record with a global id."""
    noun, key = parsed_id(global_id)
    return f"{noun}:{key}"
