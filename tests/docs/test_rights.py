"""docs/rights.md prints the decision table exactly as the code has it."""

from auth.principal import Purpose, Role
from auth.rights import FieldClass, Reason, rights_table
from tests.docs.pages import DOCS, tables

PAGE = DOCS / "rights.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_printed_table_is_the_codes_table() -> None:
    lines = rights_table()
    expected = [
        ["", *(line.field_class.lower() for line in lines)],
        *([column, *(line.cells[column] for line in lines)] for column in lines[0].cells),
    ]
    assert tables(TEXT.split("## The table")[1].split("\n## ")[0]) == expected


def test_every_role_class_reason_and_purpose_is_explained() -> None:
    words = [*Role, *(found.lower() for found in FieldClass), *Reason, *Purpose]
    assert not [word for word in words if f"`{word}`" not in TEXT]
