"""docs/errors.md has a section for every error code: what it means and how to mend it."""

import pytest

from gateway.errors import STATUSES, ErrorCode
from tests.docs.pages import DOCS, sections

SECTIONS = sections(DOCS / "errors.md")


def test_every_code_has_a_section_and_no_section_is_left_over() -> None:
    assert set(SECTIONS) == {code.value for code in ErrorCode}


@pytest.mark.parametrize("code", ErrorCode)
def test_a_section_says_meaning_mend_and_status(code: ErrorCode) -> None:
    text = SECTIONS[code.value]
    assert "**Meaning.**" in text
    assert "**Mend.**" in text
    assert f"HTTP {STATUSES.get(code, 400)}" in text
