"""The journal of what was released: to the auditor whole, to a person what is about himself."""

import datetime as dt

import strawberry

from audit.filter import JournalFilter
from auth.rights import FieldClass
from resolvers import journal as resolve
from resolvers.connection import DEFAULT_FIRST
from resolvers.context import Context
from resolvers.link import lookup
from schema.connections import Connection
from schema.directives import page
from schema.fields import PAGE, asked, carried, internal

INTERNAL, JOURNAL = FieldClass.INTERNAL, FieldClass.JOURNAL


@strawberry.type(description="What was released alike of several subjects.")
class JournalRelease:
    """What was released alike of several subjects."""

    subjects: list[str] = carried(
        JOURNAL,
        "Of whom: a type and the registry's own id, `Worker:…`; `Journal`: the journal itself was read.",
    )
    values: list[str] = carried(JOURNAL, "Coordinates that were given as they are.")
    masks: list[str] = carried(JOURNAL, "Coordinates that were given masked.")


@strawberry.type(description="A coordinate that was refused.")
class JournalRefusal:
    """A coordinate that was refused."""

    coordinate: str = carried(JOURNAL, "Which field or argument.")
    reason: str = carried(JOURNAL, "Why.")
    rows: int = carried(JOURNAL, "Of how many rows; 0 where the operation was refused as a whole.")


@strawberry.type(description="An answer that released or refused something personal (запись журнала).")
class JournalEntry:
    """An answer that released or refused something personal."""

    number: str = carried(JOURNAL, "Its number in the chain.")
    hash: str = carried(JOURNAL, "Its hash (SHA-256), which covers every entry before it.")
    at: dt.datetime = carried(JOURNAL, "When, UTC.")
    request: str = carried(JOURNAL, "Id of the request.")
    transport: str = carried(JOURNAL, "How it came.")
    actor: str = carried(JOURNAL, "Who: the token's subject; `public` without a token.")
    roles: list[str] = carried(JOURNAL, "His roles.")
    organizations: list[str] = carried(JOURNAL, "OIDs of the organizations that he acts for.")
    regions: list[str] = carried(JOURNAL, "Codes of his regions; `all`.")
    session: str | None = carried(JOURNAL, "His session.")
    address: str | None = carried(JOURNAL, "From which address.")
    purpose: str | None = carried(JOURNAL, "The purpose that he stated (цель обработки).")
    operation: str | None = carried(JOURNAL, "Name of the operation.")
    document: str = carried(JOURNAL, "SHA-256 of the operation's text.")
    released: list[JournalRelease] = carried(JOURNAL, "What was released, of whom.")
    refused: list[JournalRefusal] = carried(JOURNAL, "What was refused.")


@strawberry.type(description="That somebody was given something of one's own record.")
class RecordAccess:
    """That somebody was given something of one's own record."""

    at: dt.datetime = carried(INTERNAL, "When, UTC.")
    roles: list[str] = carried(INTERNAL, "As what he asked.")
    organizations: list[str] = carried(INTERNAL, "OIDs of the organizations that he acted for.")
    purpose: str | None = carried(INTERNAL, "The purpose that he stated (цель обработки).")
    values: list[str] = carried(INTERNAL, "Fields that were given as they are.")
    masks: list[str] = carried(INTERNAL, "Fields that were given masked.")


@strawberry.input(description="Which entries. All conditions together; an absent one does not filter.")
class JournalWhere:
    """Which entries."""

    since: dt.datetime | None = asked(JOURNAL, "Not before that moment.", name="from")
    until: dt.datetime | None = asked(JOURNAL, "Before that moment.", name="to")
    subject: strawberry.ID | None = asked(JOURNAL, "Global id of a worker: what was released of him.")
    actor: str | None = asked(JOURNAL, "Who asked: the token's subject.")
    role: str | None = asked(JOURNAL, "As what: a role.")
    coordinate: str | None = asked(JOURNAL, "A field or argument, `Worker.snils`, released or refused.")
    purpose: str | None = asked(JOURNAL, "The purpose that was stated.")
    request: str | None = asked(JOURNAL, "Id of a request.")

    def asked(self) -> JournalFilter:
        """The same in the journal's words."""
        return JournalFilter(
            self.since,
            self.until,
            self.subject,
            self.actor,
            self.role,
            self.coordinate,
            self.purpose,
            self.request,
        )


def _accesses(
    root: resolve.Viewer, context: Context, first: int = DEFAULT_FIRST, after: str | None = None
) -> object:
    return resolve.accesses(root, context, first, after)


@strawberry.type(description="Who asks, as far as Svod knows him.")
class Viewer:
    """Who asks, as far as Svod knows him."""

    accesses: Connection[RecordAccess] | None = internal(
        "Who was given personal, identity or restricted fields of the viewer's own record, newest first;"
        " null where the worker registry has no record of his.",
        lookup(_accesses),
        arguments=PAGE,
        directives=[page()],
    )
