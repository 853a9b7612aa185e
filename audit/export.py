"""Entries of the journal as CSV: a line for each subject and coordinate, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from audit.chain import Entry
from audit.event import Event, event

COLUMNS = (
    "entry",
    "at",
    "request",
    "actor",
    "roles",
    "organizations",
    "regions",
    "session",
    "address",
    "transport",
    "purpose",
    "operation",
    "document",
    "subject",
    "coordinate",
    "outcome",
    "reason",
    "rows",
    "hash",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def lines(entry: Entry) -> list[str]:
    """The lines of one entry."""
    told = event(entry.body)
    about = _about(told)
    return [_line([str(entry.number), *about, *each, entry.hash.hex()]) for each in _outcomes(told)]


def _about(told: Event) -> list[str]:
    actor = told.actor
    organizations = [each for held in actor.holdings for each in held.organizations]
    regions = [
        region for held in actor.holdings for region in (("all",) if held.regions is None else held.regions)
    ]
    return [
        told.at.isoformat(),
        told.request,
        actor.subject,
        " ".join(held.role for held in actor.holdings),
        " ".join(organizations),
        " ".join(regions),
        actor.session or "",
        actor.address or "",
        told.transport,
        told.purpose or "",
        told.operation or "",
        told.document,
    ]


def _outcomes(told: Event) -> Iterator[list[str]]:
    for each in told.released:
        for subject in each.subjects:
            for outcome, coordinates in (("VALUE", each.values), ("MASK", each.masks)):
                yield from ([subject, coordinate, outcome, "", "1"] for coordinate in coordinates)
    for refused in told.refused:
        yield ["", refused.coordinate, "REFUSED", refused.reason, str(refused.rows)]


def _line(cells: Sequence[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow([_harmless(each) for each in cells])
    return written.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: whoever names himself one is shown as text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


HEADINGS = _line(COLUMNS)
