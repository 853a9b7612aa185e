"""Who surely passes a condition and who may, told by sets, held against whom it finds; mistakes are found."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from projections.database import Projection
from projections.search import between as between_module
from projections.search import expiring as expiring_module
from projections.search.among import Few, among, narrowing
from projections.search.between import between
from projections.search.binder import Binder, Statement
from projections.search.bits import hits
from projections.search.condition import AllOf, AnyOf, Condition, Fact, Is, NotOf, Search, Within
from projections.search.literals import formula
from projections.search.question import Question, State
from projections.search.sets import EVERYBODY, NOBODY, Sets
from tests.projections.search.asking import every, none, one_of, search, some

IN_FORCE, CURRENT = Fact("in_force", Is(True)), Fact("current", Is(True))


def having(relation: str, *facts: Condition) -> Condition:
    return some(relation, AllOf(facts))


def ending(low: dt.date | None, high: dt.date | None) -> Fact:
    return Fact("valid_until", Within(low, high))


def conditions(day: dt.date) -> list[Condition]:
    """What is about several facts of one record, or about the day on which one ends."""
    private, public = one_of("ownership", "PRIVATE"), one_of("ownership", "STATE", "MUNICIPAL")
    pairs = [
        having("employments", CURRENT, one_of("position", *positions), some("organization", AllOf(owned)))
        for positions in (("34",), ("34", "109", "70", "71"))
        for owned in (
            (private,),
            (public,),
            (private, one_of("kind", "AMBULATORY", "CENTER_MED", "POLYCLINIC")),
        )
    ]
    months = [0, 1, 20, 31, 45, 90, 200, 400, 900]
    ends = [day + dt.timedelta(each) for each in (-40, -1, *months)]
    times = [ending(None, each) for each in ends] + [ending(each, None) for each in ends]
    times += [ending(low, high) for low, high in zip(ends, ends[2:], strict=False)]
    return [
        *pairs,
        *(NotOf(each) for each in pairs),
        *(having("credentials", IN_FORCE, each) for each in times),
        *(
            having("credentials", IN_FORCE, each, one_of("specialty", "8", "31", "32", "76"))
            for each in times
        ),
        *(having("credentials", IN_FORCE, NotOf(each)) for each in times),
        *(every("credentials", each) for each in times),
        *(none("credentials", each) for each in times),
        *(having("categories", IN_FORCE, one_of("category", *each)) for each in _CATEGORIES),
        *(having("categories", IN_FORCE, one_of("category", *each), _GRADED) for each in _CATEGORIES),
        having("categories", IN_FORCE, _GRADED),
        having("categories", IN_FORCE, one_of("category", "HIGHEST"), one_of("specialty", "8", "31")),
        having("employments", one_of("position", "34"), some("organization", private)),
        every("employments", NotOf(CURRENT)),
        AnyOf((AllOf((pairs[0], NotOf(pairs[1]))), one_of("region", "77"))),
    ]


_CROSSED = """
    select here.position_code, o.kind_code, p.kind_code, p.ownership, p.region_code
    from about cross join employment here join employment there on there.person = here.person
    join organization o on o.organization = here.organization
    join organization p on p.organization = there.organization
    where here.organization <> there.organization
        and (o.kind_code, o.region_code) <> (p.kind_code, p.region_code)
        and about.day between here.started_on and here.ended_on
        and about.day between there.started_on and there.ended_on
    order by here.id, there.id limit 20"""
_GRADED = one_of("specialty", "8", "31", "32", "76")
_CATEGORIES = (("HIGHEST",), ("FIRST",), ("SECOND",), ("FIRST", "HIGHEST"), ("SECOND", "HIGHEST"), ())


@pytest.fixture(scope="module")
async def projection(projected: str) -> AsyncIterator[Projection]:
    """The projection of the demo registries."""
    found = Projection(projected)
    yield found
    await found.close()


class Asked:
    """Workers by their slots: as sets tell them, and as they are found."""

    def __init__(self, connection: Any, state: State) -> None:
        self.connection, self.state = connection, state

    async def rows(self, statement: Statement) -> list[Any]:
        found: list[Any] = await self.connection.fetch(statement.sql, *statement.values)
        return found

    async def in_sets(self, sets: Sets) -> set[int]:
        binder = Binder()
        rows = await self.rows(binder.statement(hits(sets, binder)))
        bits = ((segment, f"{people.to_int():08192b}") for segment, people in rows)
        return {segment * 8192 + place for segment, text in bits for place in _ones(text)}

    async def found(self, where: Condition) -> set[int]:
        question = Question(Search(search().root, AllOf(), self.state.day), None, self.state)
        condition = question.rest([formula(where)])
        rows = await self.rows(question.binder.statement(f"select r.slot from worker r where {condition}"))
        return {row[0] for row in rows}

    async def conditions(self) -> list[Condition]:
        """Many, some of them crossed: the position here, or the kind, and what the other employer is."""
        rows = await self.connection.fetch(_CROSSED)
        assert rows, "somebody has two employers"
        crossed = []
        for position, kind, *values in rows:
            for by, value in zip(("kind", "ownership", "region"), values, strict=True):
                there = one_of(by, value)
                crossed.append(
                    having("employments", CURRENT, one_of("position", position), some("organization", there))
                )
                both = AllOf((one_of("kind", kind), there))
                crossed.append(having("employments", CURRENT, some("organization", both)))
        return [*crossed, *conditions(self.state.day)]

    async def wrong(self, where: Condition) -> bool:
        """Whether somebody surely passes who is not found, or is found who may not pass."""
        told, found = between(formula(where), self.state.day), await self.found(where)
        return not await self.in_sets(told.least) <= found <= await self.in_sets(told.most)


def _ones(text: str) -> list[int]:
    return [place for place, bit in enumerate(text) if bit == "1"]


@pytest.fixture
async def asked(projection: Projection) -> AsyncIterator[Asked]:
    async with projection.connection() as connection:
        yield Asked(connection, State(*await connection.fetchrow("select seed, day from about")))


async def test_whom_sets_tell_surely_is_found_and_nobody_whom_they_leave_out(asked: Asked) -> None:
    for where in await asked.conditions():
        assert not await asked.wrong(where), where


def test_something_is_told_of_each(asked: Asked) -> None:
    told = [between(formula(where), asked.state.day) for where in conditions(asked.state.day)]
    assert sum(each.least != NOBODY or each.most != EVERYBODY for each in told) > len(told) * 0.8


async def test_few_are_left_in_doubt(asked: Asked) -> None:
    """What is looked at is those of several employments alone."""
    for kind in ("AMBULATORY", "CENTER_MED", "POLYCLINIC", "POLY_DENTAL"):
        where = having(
            "employments", CURRENT, one_of("position", "34"), some("organization", one_of("kind", kind))
        )
        statement = narrowing(Search(search().root, where, asked.state.day), asked.state, Few())
        assert statement is not None
        told = among(await asked.rows(statement), Few())
        assert told.doubtful is not None
        assert told.sure + len(told.doubtful) == told.number
        if told.number:
            assert told.sure > len(told.doubtful)


def _anybody(*_: Any) -> Sets:
    return EVERYBODY


def _a_month_early(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


MISTAKES: tuple[tuple[str, Any, str, Callable[..., Any]], ...] = (
    ("one employment taken for another", between_module, "_alike", _anybody),
    ("a month that ends later taken whole", expiring_module, "_last", _a_month_early),
    ("the month of the last day left out", expiring_module, "_months", lambda a, b: iter(_whole(a, b))),
)


def _whole(first: dt.date, last: dt.date) -> range:
    return range(first.year * 12 + first.month - 1, last.year * 12 + last.month - 1)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each[0])
async def test_a_mistake_is_found(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, mistake: tuple[str, Any, str, Callable[..., Any]]
) -> None:
    _, module, name, wrong = mistake
    monkeypatch.setattr(module, name, wrong)
    assert any([await asked.wrong(where) for where in await asked.conditions()])
