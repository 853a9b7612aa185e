"""docs/rights.md prints the decision table exactly as the code has it."""

from auth.principal import Purpose, Role
from auth.rights import FieldClass, Reason
from auth.rules import STRONG_CLASSES, STRONG_METHODS
from tests.docs.pages import DOCS
from tests.gateway.svod import svod

PAGE = DOCS / "rights.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_printed_table_is_what_the_command_prints() -> None:
    printed = svod("rights", "table", "--format", "markdown").stdout
    assert printed.startswith("|  | public |")
    assert printed in TEXT.split("## The table")[1].split("\n## ")[0]


def test_every_role_class_reason_and_purpose_is_explained() -> None:
    words = [
        *Role,
        *(found.lower() for found in FieldClass),
        *Reason,
        *Purpose,
        *STRONG_METHODS,
        *STRONG_CLASSES,
    ]
    assert not [word for word in words if f"`{word}`" not in TEXT]
