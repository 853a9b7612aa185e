"""Findings answered by the projection."""

import datetime as dt
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar
from uuid import UUID

from auth.sight import EVERYONE
from projections.at_once import AtOnce
from projections.database import Projection
from projections.errors import ProjectionUnavailable
from projections.findings.asked import Asked, FindingChanges, FindingCounts, FindingGroup, FindingPage
from projections.findings.reader import About, Changes, Count, Evidence, Finding, Mark
from projections.findings.rules import RULES, Owner, Rule
from projections.findings.statements import COLUMNS, Question, State
from projections.search.answers import Answers, Bounds
from projections.search.binder import Statement
from projections.search.errors import SearchUnavailable
from sources.keys import Oid
from sources.registry import Registry

K = TypeVar("K")

MOST_EACH: Final = 100
"""Findings that are given of one worker or organization."""

_STATE: Final = Statement(
    "select a.seed, a.day, a.built_at, extract(epoch from now() - p.as_of)::float8 as lag"
    " from about a left join position p on p.registry = 'WORKERS'",
    (),
)
_MARK: Final = Statement(
    "select a.built_at, (select coalesce(max(number), 0) from finding_event) as number from about a", ()
)
_EACH: Final = (
    "select {columns} from unnest($1::{kind}[]) as wanted (key) cross join lateral"
    " (select f.*, f.organization as place from finding f where {joined}"
    " order by f.severity, f.id limit {most}) f"
    " left join organization o on o.organization = f.place order by f.severity, f.id"
)
_OF_WORKERS: Final = _EACH.format(
    columns=f"{COLUMNS}, wanted.key", kind="uuid", joined="f.worker_id = wanted.key", most=MOST_EACH
)
_OF_ORGANIZATIONS: Final = _EACH.format(
    columns=f"{COLUMNS}, wanted.key",
    kind="text",
    joined="f.organization = hashtextextended(wanted.key, 0) and f.owner <> 'P'",
    most=MOST_EACH,
)


class ProjectedFindings:
    """A FindingReader over the projection's tables. Each answer raises SearchError."""

    def __init__(self, projection: Projection, bounds: Bounds) -> None:
        self._projection, self._bounds = projection, bounds
        # How many there are, and of each kind and registry, is asked for at once.
        self._rules = AtOnce(self._of_each_rule)

    async def page(self, page: FindingPage) -> Sequence[Finding]:
        """The findings of a page, the worst first, then by id."""
        async with self._asking(page.asked) as (answers, question):
            return [_finding(row) for row in await answers.rows([question.page(page)])]

    async def count(self, asked: Asked) -> int:
        """How many there are."""
        return sum((await self._rules.found(asked)).values())

    async def counts(self, counts: FindingCounts) -> Sequence[Count]:
        """How many there are of each, the most frequent first, then by value."""
        if counts.by not in (FindingGroup.ORGANIZATION, FindingGroup.REGION):
            return _by_rule(await self._rules.found(counts.asked), counts)
        async with self._asking(counts.asked) as (answers, question):
            return [Count(value, count) for value, count in await answers.rows([question.counts(counts)])]

    async def of_workers(self, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Finding]]:
        """What is found about each of these people, in the same order."""
        return await self._of_each(_OF_WORKERS, ids)

    async def of_organizations(self, oids: Sequence[Oid]) -> Mapping[Oid, Sequence[Finding]]:
        """What is found about each of these organizations and its licences; nothing about people."""
        return await self._of_each(_OF_ORGANIZATIONS, oids)

    async def changes(self, changes: FindingChanges) -> Changes:
        """What was opened and closed."""
        async with self._asking(changes.asked) as (answers, question):
            [counted] = await answers.rows([question.changed(changes)])
        async with self._asking(changes.asked) as (answers, question):
            rows = await answers.rows([question.opened(changes)]) if counted[0] else []
        return Changes([_finding(row) for row in rows], *counted)

    async def mark(self) -> Mark:
        """Where the events stand now."""
        async with self._connection() as answers:
            rows = await answers.looked_up(_MARK)
        if not rows or rows[0]["built_at"] is None:
            raise SearchUnavailable("the projection is not built yet")
        return Mark(*rows[0])

    async def _of_each_rule(self, asked: Asked) -> Mapping[str, int]:
        async with self._asking(asked) as (answers, question):
            return dict(await answers.rows([question.rules()]))

    async def _of_each(self, sql: str, keys: Sequence[K]) -> Mapping[K, Sequence[Finding]]:
        found: dict[K, list[Finding]] = {}
        async with self._connection() as answers:
            for row in await answers.looked_up(Statement(sql, (list(keys),))):  # type: ignore[arg-type]
                found.setdefault(row["key"], []).append(_finding(row))
        return found

    @asynccontextmanager
    async def _asking(self, asked: Asked) -> AsyncIterator[tuple[Answers, Question]]:
        """Where this may be asked now: whom a caller sees is not taken from old employments."""
        async with self._connection() as answers:
            rows = await answers.looked_up(_STATE)
            if not rows or rows[0]["built_at"] is None:
                raise SearchUnavailable("the projection is not built yet")
            seed, day, _, lag = rows[0]
            known = lag is not None and lag <= self._bounds.rights_lag
            if not known and asked.told != EVERYONE:
                raise SearchUnavailable(
                    f"the worker registry was taken over more than {self._bounds.rights_lag:g} s ago,"
                    " and of whom you may hear depends on it"
                )
            yield answers, Question(asked, State(seed, day))

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Answers]:
        try:
            async with self._projection.connection() as connection:
                yield Answers(connection, self._bounds)
        except ProjectionUnavailable as exc:
            raise SearchUnavailable(str(exc)) from exc


def _by_rule(known: Mapping[str, int], counts: FindingCounts) -> list[Count]:
    found: Counter[str] = Counter()
    for name, count in known.items():
        found[_value(RULES[name], counts.by)] += count
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return [Count(*each) for each in ordered[: counts.top]]


def _value(rule: Rule, by: FindingGroup) -> str:
    match by:
        case FindingGroup.KIND:
            return rule.kind.value
        case FindingGroup.SEVERITY:
            return rule.severity.name
    return rule.registry.value


def _finding(row: Any) -> Finding:
    rule, oid = RULES[row["rule"]], row["oid"]
    about = _about(rule, row)
    evidence = [_evidence(each, about) for each in json.loads(row["evidence"])]
    place = None if oid is None else Oid(oid)
    since: dt.date | None = row["since"]
    return Finding(
        id=row["id"],
        rule_name=row["rule"],
        rule=rule,
        record_noun=row["noun"],
        key=row["record"],
        about=about,
        organization_oid=place,
        region_code=row["region_code"],
        license_id=row["license_id"],
        since=since,
        found_at=row["found_at"],
        evidence=evidence,
    )


def _about(rule: Rule, row: Any) -> About:
    if rule.owner is Owner.PERSON:
        return About(row["worker_id"], None, None, nobody=row["worker_id"] is None)
    return About(None, None if row["oid"] is None else Oid(row["oid"]), row["region_code"])


def _evidence(said: Sequence[Any], about: About) -> Evidence:
    registry, noun, key, field, value, *another = said
    whose = About(UUID(another[0]), None, None) if another else about
    return Evidence(Registry(registry), noun, key, field, value, whose)
