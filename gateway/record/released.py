"""What an answer released, in the journal's words: which coordinates, of which subjects."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from audit.event import Released
from resolvers.context import Context
from resolvers.released import Released as Collected


class Together(NamedTuple):
    """Rows, and the coordinates that were given of all of them."""

    rows: Sequence[Any]
    values: list[str]
    masks: list[str]


async def released(collected: Collected, context: Context) -> list[Released]:
    """What was released, subjects together of which the same was."""
    by_rows: list[Together] = []
    for each in collected:
        # The fields of one selection have the same rows: to compare them is quicker than to name them anew.
        for known in by_rows:
            if known.rows == each.rows:
                break
        else:
            by_rows.append(known := Together(each.rows, [], []))
        (known.masks if each.masked else known.values).append(f"{each.type_name}.{each.field_name}")
    if len(by_rows) == 1:
        [one] = by_rows
        subjects = _once(await _subjects(one.rows, context))
        return [Released(subjects, tuple(one.values), tuple(one.masks))]
    return await _regrouped(by_rows, context)


async def _regrouped(by_rows: Sequence[Together], context: Context) -> list[Released]:
    """The same by subject, where not all were given the same."""
    of_subject: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for each in by_rows:
        for subject in _once(await _subjects(each.rows, context)):
            given = of_subject.setdefault(subject, ({}, {}))
            given[0].update(dict.fromkeys(each.values))
            given[1].update(dict.fromkeys(each.masks))
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for subject, (values_of, masks_of) in of_subject.items():
        alike.setdefault((tuple(values_of), tuple(masks_of)), []).append(subject)
    return [Released(tuple(subjects), *given) for given, subjects in alike.items()]


def _once(subjects: Sequence[str]) -> tuple[str, ...]:
    return tuple(subjects) if len(subjects) == 1 else tuple(dict.fromkeys(subjects))


async def _subjects(rows: Sequence[Any], context: Context) -> list[str]:
    """Whom each row is about, by the registry's own id; by the row's own where the registry has nobody."""
    match getattr(rows[0], "noun", None):
        case "JournalReading" | "Found":
            return [row.about for row in rows]
        case "Worker" | None:
            return [f"Worker:{row.id}" for row in rows]
        case "Employment" | "Eligibility" | "Verification":
            return [f"Worker:{row.worker_id}" for row in rows]
        case "Finding" | "FindingEvidence":
            return [row.about.called for row in rows]
    found = await context.loaders.subject_by_snils.load_many([row.worker_snils for row in rows])
    return [
        f"Worker:{each.id}" if each is not None else f"{row.noun}:{row.id}"
        for row, each in zip(rows, found, strict=True)
    ]
