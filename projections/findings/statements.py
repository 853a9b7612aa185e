"""Questions about findings as SQL. Whoever may not be told of a finding is not told by any count of it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from auth.sight import Sight
from projections.findings.asked import Asked, FindingChanges, FindingCounts, FindingGroup, FindingPage
from projections.findings.rules import PRIVATE, RULES
from projections.search.binder import Binder, Statement
from projections.search.sights import organization_keys

COLUMNS: Final = (
    "f.id, f.rule, f.severity, f.owner, f.noun, f.record, f.worker_id, f.license_id, f.region_code,"
    " f.since, f.found_at, f.evidence, o.oid"
)


@dataclass(frozen=True, slots=True)
class State:
    """Of the projection: what people are hashed with, and its day."""

    seed: int
    day: dt.date


class Question:
    """One statement about findings `f`, and the values that it binds."""

    def __init__(self, asked: Asked, state: State) -> None:
        self._asked, self._state, self._binder = asked, state, Binder()

    def page(self, page: FindingPage) -> Statement:
        """The findings of a page; first the keys, then what belongs to them."""
        bind, more = self._binder.bind, ""
        if page.after is not None:
            severity, key = page.after
            more = f" and (f.severity, f.id) > ({bind(severity, 'smallint')}, {bind(str(key), 'text')}::uuid)"
        return self._binder.statement(
            f"select {COLUMNS} from (select f.*, {self._place()} as place from finding f"
            f" where {self._where()}{more} order by f.severity, f.id limit {bind(page.size, 'integer')}) f"
            " left join organization o on o.organization = f.place order by f.severity, f.id"
        )

    def rules(self) -> Statement:
        """How many there are of each rule."""
        return self._binder.statement(
            f"select f.rule, count(*) from finding f where {self._where()} group by 1"
        )

    def counts(self, counts: FindingCounts) -> Statement:
        """How many there are of each organization or region."""
        top = self._binder.bind(counts.top, "integer")
        if counts.by is FindingGroup.ORGANIZATION:
            return self._binder.statement(
                f"select o.oid, sum(f.n)::bigint as n from (select {self._place()} as place, count(*) as n"
                f" from finding f where {self._where()} group by 1) f"
                " left join organization o on o.organization = f.place"
                f" group by 1 order by n desc, o.oid limit {top}"
            )
        return self._binder.statement(
            f"select f.region_code, count(*) as n from finding f where {self._where()}"
            f" group by 1 order by n desc, 1 limit {top}"
        )

    def changed(self, changes: FindingChanges) -> Statement:
        """How many were opened and closed: whatever came and went in between was not there."""
        events = f"from finding_event f where {self._since(changes)} order by f.id, f.number"
        return self._binder.statement(
            "select count(*) filter (where f.opened), count(*) filter (where not f.opened)"
            f" from (select distinct on (f.id) f.* {events} desc) f"
            f" join (select distinct on (f.id) f.id, f.opened as opened_first {events}) first using (id)"
            f" where first.opened_first = f.opened and {self._where()}"
        )

    def opened(self, changes: FindingChanges) -> Statement:
        """The first of those that were opened and are there still."""
        most = self._binder.bind(changes.most, "integer")
        return self._binder.statement(
            f"select {COLUMNS} from (select f.*, {self._place()} as place from finding f where f.id in"
            f" (select f.id from finding_event f where f.opened and {self._since(changes)})"
            f" and {self._where()} order by f.severity, f.id limit {most}) f"
            " left join organization o on o.organization = f.place order by f.severity, f.id"
        )

    def _since(self, changes: FindingChanges) -> str:
        after, until = (self._binder.bind(each, "bigint") for each in (changes.after, changes.until))
        return f"f.number > {after} and f.number <= {until}"

    def _where(self) -> str:
        return " and ".join(self._conditions()) or "true"

    def _conditions(self) -> Iterator[str]:
        asked, bind = self._asked, self._binder.bind
        if not asked.told.everyone:
            yield self._inside(asked.told)
        named = (asked.kinds, asked.severities, asked.registries)
        if any(each is not None for each in named):
            yield f"f.rule = any({bind(self._rules(), 'text[]')})"
        if asked.regions is not None:
            yield f"f.region_code = any({bind(list(asked.regions), 'text[]')})"
        if asked.organizations is not None:
            yield self._of_organizations(asked.organizations)
        if asked.worker is not None:
            yield f"f.worker_id = {bind(str(asked.worker), 'text')}::uuid"
            if not asked.whole.everyone:
                yield self._inside(asked.whole)

    def _rules(self) -> list[str]:
        asked = self._asked
        return [
            name
            for name, rule in RULES.items()
            if (asked.kinds is None or rule.kind in asked.kinds)
            and (asked.severities is None or rule.severity in asked.severities)
            and (asked.registries is None or rule.registry in asked.registries)
        ]

    def _of_organizations(self, oids: Sequence[str]) -> str:
        """About these organizations and their branches, their licences, and people whom they employ now."""
        keys = organization_keys(oids, self._binder)
        those = (
            "select o.organization from organization o"
            f" where o.organization = any({keys}) or o.parent = any({keys})"
        )
        about = f"f.owner <> 'P' and f.organization in ({those})"
        people = f"f.owner = 'P' and f.person in ({self._staff(f'in ({those})')})"
        if not self._asked.whole.everyone:
            people = f"{people} and {self._may_be_placed()}"
        return f"({about} or {people})"

    def _place(self) -> str:
        """Whom a finding concerns; where it rests on what not everyone sees, for those alone who see it."""
        if self._asked.whole.everyone:
            return "f.organization"
        return f"case when {self._may_be_placed()} then f.organization end"

    def _may_be_placed(self) -> str:
        private = self._binder.bind(list(PRIVATE), "text[]")
        return f"(f.rule <> all({private}) or {self._inside(self._asked.whole)})"

    def _inside(self, sight: Sight) -> str:
        """That the finding's person, organization or licence is in sight."""
        if sight.everyone:
            return "true"
        ways, bind = [], self._binder.bind
        if sight.snils is not None:
            own = f"hashtextextended({bind(sight.snils, 'text')}, {bind(self._state.seed, 'bigint')})"
            ways.append(f"f.person = {own}")
        if sight.organizations:
            keys = organization_keys(sorted(sight.organizations), self._binder)
            ways.append(f"f.owner <> 'P' and f.organization = any({keys})")
            ways.append(f"f.owner = 'P' and f.person in ({self._staff(f'= any({keys})')})")
        if sight.regions:
            ways.append(f"f.region_code = any({bind(sorted(sight.regions), 'text[]')})")
        return f"({' or '.join(ways)})" if ways else "false"

    def _staff(self, of: str) -> str:
        """The people whom some organizations employ now."""
        day = self._binder.bind(self._state.day, "date")
        return (
            f"select e.person from employment e where e.organization {of}"
            f" and e.started_on <= {day} and e.ended_on >= {day}"
        )
