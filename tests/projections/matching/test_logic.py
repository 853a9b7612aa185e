"""Truth where something is unknown: what is known decides as far as it can."""

from itertools import product

import pytest

from projections.matching.logic import UNREAD, Mark, every, some
from projections.matching.passing import passes
from projections.search.condition import Absent, Is, OneOf, Test, Within

MARKS: tuple[Mark, ...] = (True, False, None)


def _possible(marks: tuple[Mark, ...]) -> list[tuple[bool, ...]]:
    """All that these marks may stand for."""
    return list(product(*([mark] if mark is not None else [True, False] for mark in marks)))


@pytest.mark.parametrize("marks", [each for size in range(4) for each in product(MARKS, repeat=size)])
def test_a_mark_is_told_where_it_is_the_same_whatever_the_unknown_ones_are(marks: tuple[Mark, ...]) -> None:
    for decide, builtin in ((every, all), (some, any)):
        outcomes = {builtin(each) for each in _possible(marks)}
        assert decide(marks) is (outcomes.pop() if len(outcomes) == 1 else None)


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        (OneOf(("A", "B")), "B", True),
        (OneOf(()), "B", False),
        (OneOf(("A",)), None, False),
        (Is(False), False, True),
        (Is(True), None, False),
        (Absent(), None, True),
        (Absent(), False, False),
        (Within(2, 4), 4, True),
        (Within(2, 4), 5, False),
        (Within(None, 4), 0, True),
        (Within(), None, False),
        (OneOf(("A",)), frozenset({"A", "B"}), True),
        (OneOf(("A",)), frozenset({"B"}), False),
        (OneOf(("A",)), frozenset(), False),
        (OneOf(("A",)), frozenset({"A", UNREAD}), True),
        (OneOf(("A",)), frozenset({"B", UNREAD}), None),
        (OneOf(("A",)), UNREAD, None),
    ],
)
def test_a_test_and_its_contrary_are_each_others_complement(
    test: Test, value: object, expected: Mark
) -> None:
    assert passes(test, value) is expected
    assert passes(test, value, holds=False) is (None if expected is None else not expected)
