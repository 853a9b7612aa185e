"""The lines of `extensions.access`."""

from auth.lines import AccessLines, Outcome
from auth.refusals import Refusal
from auth.rights import Decision, Reason


def test_rows_are_counted_by_coordinate_outcome_and_reason() -> None:
    lines = AccessLines()
    assert not lines
    lines.note("Worker.snils", Outcome.MASKED, Reason.PURPOSE)
    lines.note("Worker.snils", Outcome.MASKED, Reason.PURPOSE, rows=4)
    lines.note("Worker.snils", Outcome.WITHHELD, Reason.EXTENT)
    lines.note("Employment.rate", Outcome.WITHHELD, Reason.ROLE, rows=2)
    assert lines
    assert lines.lines() == [
        {"coordinate": "Employment.rate", "outcome": "WITHHELD", "reason": "ROLE", "rows": 2},
        {"coordinate": "Worker.snils", "outcome": "MASKED", "reason": "PURPOSE", "rows": 5},
        {"coordinate": "Worker.snils", "outcome": "WITHHELD", "reason": "EXTENT", "rows": 1},
    ]
    assert lines.refusals() == [
        Refusal("Employment.rate", Decision.WITHHELD, Reason.ROLE),
        Refusal("Worker.snils", Decision.MASK, Reason.PURPOSE),
        Refusal("Worker.snils", Decision.WITHHELD, Reason.EXTENT),
    ]
