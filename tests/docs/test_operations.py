"""docs/operations.md says every setting, with its default and meaning, and no other."""

from enum import Enum

from gateway.settings import Settings, variable
from tests.docs.pages import DOCS, tables

PAGE = DOCS / "operations.md"


def test_every_setting_is_documented_as_the_code_has_it() -> None:
    written = [tuple(row) for row in tables(PAGE.read_text(encoding="utf-8")) if row[0].startswith("`SVOD_")]
    expected = [
        (f"`{variable(field)}`", _default(definition.get_default()), definition.description or "")
        for field, definition in Settings.model_fields.items()
    ]
    missing = [row for row in expected if row not in written]
    assert not missing, "rows to add:\n" + "\n".join(f"| {' | '.join(row)} |" for row in missing)
    assert sorted(written) == sorted(expected), "a setting is documented that the code does not have"


def test_every_setting_has_a_meaning() -> None:
    assert not [field for field, definition in Settings.model_fields.items() if not definition.description]


def _default(value: object) -> str:
    if value is None:
        return "unset"
    if isinstance(value, Enum):
        value = value.value
    return f"`{value}`" if value != () else "empty"
