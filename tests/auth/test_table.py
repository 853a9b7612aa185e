"""The decision table in print, and what differs between two prints."""

from dataclasses import replace

from auth.rights import FieldClass
from auth.table import Change, Classed, changes, decided, rights_table

PHONE = Classed("Worker.phone", FieldClass.PERSONAL)
BIRTH = Classed("Worker.birthDate", FieldClass.PERSONAL, maskable=False)


def test_the_table_in_words() -> None:
    lines = {line.field_class: line.cells for line in rights_table()}
    assert list(lines) == list(FieldClass)
    assert lines[FieldClass.PERSONAL] == {
        "public": "–",
        "worker: self": "value",
        "employer: own and branches' current staff": "value",
        "regulator: own regions": "value with purpose, else mask",
        "insurer: all": "mask",
        "auditor: all": "mask",
        "analyst: all": "–",
        "admin: all": "mask",
        "support: all": "mask",
    }
    assert lines[FieldClass.IDENTITY]["worker: self"] == "value with step-up, else –"
    assert lines[FieldClass.IDENTITY]["regulator: own regions"] == "value with purpose and step-up, else –"
    assert set(lines[FieldClass.PUBLIC].values()) == {"value"}


def test_a_field_without_a_mask_is_printed_so() -> None:
    gives = {(each.role, each.coordinate): each.gives for each in decided([PHONE, BIRTH])}
    assert gives["insurer", "Worker.phone"] == "mask"
    assert gives["insurer", "Worker.birthDate"] == "–"
    assert gives["regulator", "Worker.birthDate"] == "value with purpose, else –"
    assert gives["public", "Worker.phone"] == "–"


def test_changes_are_named_for_each_role_and_field() -> None:
    before = decided([PHONE, BIRTH])
    after = decided([replace(PHONE, field_class=FieldClass.INTERNAL)])
    found = {(each.after or each.before): each for each in changes(before, after)}
    assert changes(before, before) == []
    assert len(found) == 2 * 9
    [worker] = [
        each for key, each in found.items() if key and (key.role, key.coordinate[7:]) == ("worker", "phone")
    ]
    assert worker.before is not None
    assert worker.after is not None
    assert (worker.before.field_class, worker.after.field_class) == ("PERSONAL", "INTERNAL")
    assert all(isinstance(each, Change) for each in found.values())
    assert [
        each.after for each in found.values() if each.before and each.before.coordinate == "Worker.birthDate"
    ] == [None] * 9
