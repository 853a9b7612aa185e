"""Entries as CSV: every release and refusal a line, and nothing that a spreadsheet would run."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from audit.chain import BEGINNING, Entry, link
from audit.event import Event, Released
from audit.export import HEADINGS, lines
from tests.audit.events import ANNA, BORIS, event


def rows(told: Event) -> list[dict[str, str]]:
    """The lines of an entry with this event, read again."""
    entry = Entry(7, BEGINNING, link(BEGINNING, 7, told.body()), told.body())
    return list(csv.DictReader(StringIO(HEADINGS + "".join(lines(entry)))))


def test_each_subject_and_coordinate_is_a_line() -> None:
    found = rows(
        event(released=(Released((ANNA, BORIS), ("Worker.snils", "Worker.inn"), ("Worker.phone",)),))
    )
    assert [(each["subject"], each["coordinate"], each["outcome"]) for each in found] == [
        *((subject, f"Worker.{name}", "VALUE") for subject in (ANNA,) for name in ("snils", "inn")),
        (ANNA, "Worker.phone", "MASK"),
        *((BORIS, f"Worker.{name}", "VALUE") for name in ("snils", "inn")),
        (BORIS, "Worker.phone", "MASK"),
        ("", "Worker.passportNumber", "REFUSED"),
    ]
    assert {each["entry"] for each in found} == {"7"}
    assert found[0]["at"] == "2026-09-01T09:00:00+00:00"
    assert (found[0]["roles"], found[0]["regions"], found[0]["actor"]) == ("regulator", "77", "inspector")


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(name: str) -> None:
    told = event()
    forged = replace(told, actor=replace(told.actor, subject=name), operation=name)
    for each in rows(forged):
        assert each["actor"] == each["operation"] == f"'{name}"


def test_quotes_and_line_breaks_stay_within_their_cell() -> None:
    told = event()
    odd = 'a "b"\n,c;d'
    forged = replace(told, actor=replace(told.actor, subject=odd))
    assert {each["actor"] for each in rows(forged)} == {odd}
