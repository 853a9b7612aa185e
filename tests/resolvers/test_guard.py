"""The guard: what is resolved, what is noted, and that a withheld field is never resolved."""

from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from auth.masks import mask
from auth.principal import PUBLIC
from auth.rights import Decision, FieldClass, Reason
from auth.rules import PersonSubject
from resolvers.guard import guarded
from resolvers.link import OWN, Resolver
from resolvers.subject import NOBODY
from sources.keys import Oid, Snils
from sources.worker import Subject
from tests.resolvers.infos import info

PERSONAL = FieldClass.PERSONAL


class Worker(NamedTuple):
    id: UUID
    snils: str
    noun: str = "Worker"


WORKER = Worker(UUID(int=7), "11223344595")
SUBJECT = Subject(WORKER.id, Snils(WORKER.snils), "77", frozenset({Oid("1.2.3")}))


class Answered:
    """A field's resolver that remembers for whom it was asked."""

    def __init__(self, value: object, later: bool = False) -> None:
        self.asked: list[object] = []
        self.value, self.later = value, later
        self.resolver = Resolver(self.resolve, {OWN: ("snils",)})

    def resolve(self, root: object, info: object) -> Any:  # noqa: ARG002
        self.asked.append(root)
        return self._awaited() if self.later else self.value

    async def _awaited(self) -> object:
        return self.value


def decided(decision: Decision, reason: Reason | None = None, row: Any = None, known: bool = True) -> Any:
    """The info of `Worker.snils` under these decisions."""
    judged: list[object] = []

    def by_row(*arguments: object) -> object:
        judged.append(arguments[-1])
        return row

    async def load(_: object) -> Subject | None:
        return SUBJECT if known else None

    return info(
        "Worker",
        "snils",
        decisions=SimpleNamespace(of=lambda *_: decision, reason=lambda *_: reason),
        gate=SimpleNamespace(row=by_row, masked=lambda _type, _field, value: mask("Snils", value)),
        loaders=SimpleNamespace(subject_by_id=SimpleNamespace(load=load)),
        principal=PUBLIC,
        purpose=None,
        judged=judged,
    )


def told(at: Any) -> list[tuple[object, ...]]:
    return [tuple(line.values()) for line in at.context.access.lines()]


def released(at: Any) -> list[tuple[object, ...]]:
    return [tuple(each) for each in at.context.released]


def test_a_value_is_given_without_a_word() -> None:
    field, at = Answered(WORKER.snils), decided(Decision.VALUE)

    assert guarded(field.resolver, PERSONAL).resolve(WORKER, at) == WORKER.snils
    assert told(at) == []
    assert released(at) == [("Worker", "snils", False, [WORKER])]


def test_a_withheld_field_is_never_resolved() -> None:
    field, at = Answered(WORKER.snils), decided(Decision.WITHHELD, Reason.PURPOSE)

    assert guarded(field.resolver, PERSONAL).resolve(WORKER, at) is None
    assert field.asked == []
    assert told(at) == [("Worker.snils", "WITHHELD", "PURPOSE", 1)]
    assert released(at) == []


def test_a_masked_field_gives_its_mask_and_says_so() -> None:
    at = decided(Decision.MASK, Reason.ROLE)

    assert guarded(Answered(WORKER.snils).resolver, PERSONAL).resolve(WORKER, at) == "***-***-*** 95"
    assert told(at) == [("Worker.snils", "MASKED", "ROLE", 1)]
    assert released(at) == [("Worker", "snils", True, [WORKER])]


def test_a_value_that_no_mask_fits_is_withheld() -> None:
    at = decided(Decision.MASK, Reason.ROLE)

    assert guarded(Answered("1122").resolver, PERSONAL).resolve(WORKER, at) is None
    assert told(at) == [("Worker.snils", "WITHHELD", "ROLE", 1)]


def test_an_absent_value_behind_a_mask_is_absent_and_nothing_is_noted() -> None:
    at = decided(Decision.MASK, Reason.ROLE)

    assert guarded(Answered(None).resolver, PERSONAL).resolve(WORKER, at) is None
    assert told(at) == []


@pytest.mark.parametrize("later", [False, True], ids=["column", "link"])
async def test_a_row_that_may_be_seen_gives_its_value(later: bool) -> None:
    field, at = Answered(WORKER.snils, later), decided(Decision.ROW, row=(Decision.VALUE, None))

    assert await guarded(field.resolver, PERSONAL).resolve(WORKER, at) == WORKER.snils
    assert told(at) == []
    assert released(at) == [("Worker", "snils", False, [WORKER])]
    assert at.context.judged == [PersonSubject("11223344595", "77", frozenset({"1.2.3"}))]


async def test_a_row_that_may_not_be_seen_is_never_resolved() -> None:
    field, at = Answered(WORKER.snils), decided(Decision.ROW, row=(Decision.WITHHELD, Reason.EXTENT))

    assert await guarded(field.resolver, PERSONAL).resolve(WORKER, at) is None
    assert field.asked == []
    assert told(at) == [("Worker.snils", "WITHHELD", "EXTENT", 1)]


async def test_a_row_may_be_masked() -> None:
    at = decided(Decision.ROW, row=(Decision.MASK, Reason.PURPOSE))

    assert await guarded(Answered(WORKER.snils).resolver, PERSONAL).resolve(WORKER, at) == "***-***-*** 95"
    assert told(at) == [("Worker.snils", "MASKED", "PURPOSE", 1)]


async def test_a_record_of_a_worker_whom_no_registry_knows_is_nobodys() -> None:
    at = decided(Decision.ROW, row=(Decision.WITHHELD, Reason.EXTENT), known=False)

    await guarded(Answered(WORKER.snils).resolver, PERSONAL).resolve(WORKER, at)

    assert at.context.judged == [NOBODY]


async def test_rows_are_counted_in_one_line() -> None:
    at, field = decided(Decision.WITHHELD, Reason.ROLE), Answered(None)
    for _ in range(3):
        guarded(field.resolver, PERSONAL).resolve(WORKER, at)

    assert told(at) == [("Worker.snils", "WITHHELD", "ROLE", 3)]


def test_a_guarded_field_declares_what_it_declared_before() -> None:
    field = Answered(None)

    assert guarded(field.resolver, PERSONAL).needs == {OWN: ("snils",)}


async def test_what_is_not_kept_on_record_is_not_noted() -> None:
    for field_class, value in ((FieldClass.INTERNAL, WORKER.snils), (PERSONAL, None)):
        at = decided(Decision.VALUE)
        guarded(Answered(value).resolver, field_class).resolve(WORKER, at)
        assert released(at) == []


async def test_a_link_that_everyone_may_follow_is_noted_when_it_has_led_somewhere() -> None:
    field, at = Answered(WORKER, later=True), decided(Decision.VALUE)

    found = guarded(field.resolver, PERSONAL).resolve(WORKER, at)

    assert released(at) == []
    assert await found is WORKER
    assert released(at) == [("Worker", "snils", False, [WORKER])]
