"""Global ids: they lead back to their record, and nothing else is one."""

import base64
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from resolvers.errors import BadId
from resolvers.ids import NOUNS, UUID_NOUNS, global_id, parsed_id
from sources.keys import Oid

KEY = UUID("6f1c1b6e-7c35-4a43-8a57-0f7a54b4c0aa")


@settings(deadline=None)
@given(noun=some.sampled_from(sorted(UUID_NOUNS)), key=some.uuids())
def test_an_id_leads_back_to_its_record(noun: str, key: UUID) -> None:
    assert parsed_id(global_id(noun, key)) == (noun, key)


@settings(deadline=None)
@given(parts=some.lists(some.integers(0, 10**9), min_size=3, max_size=20))
def test_an_organizations_id_leads_back_to_its_oid(parts: list[int]) -> None:
    oid = Oid(".".join(map(str, parts)))

    assert parsed_id(global_id("Organization", oid)) == ("Organization", oid)


@settings(deadline=None)
@given(text=some.text())
def test_no_text_at_all_does_more_than_be_refused(text: str) -> None:
    try:
        noun, key = parsed_id(text)
    except BadId:
        return
    assert global_id(noun, key) == text


def encoded(plain: str) -> str:
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


NONE_OF_OURS = "this is not a global id of Svod"
NO_KEY = "this global id of Worker holds no key"
NO_OID = "this global id of an Organization holds no OID"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", NONE_OF_OURS),
        ("Worker:1", NONE_OF_OURS),
        ("Врач", NONE_OF_OURS),
        ("\ud800", NONE_OF_OURS),
        ("a", NONE_OF_OURS),
        (encoded("Worker"), NONE_OF_OURS),
        (encoded("Worker:"), NO_KEY),
        (encoded("Worker:7"), NO_KEY),
        (encoded("Worker:11223344595"), NO_KEY),
        (encoded(f"Worker:{str(KEY).upper()}"), NO_KEY),
        (encoded(f"Worker:{KEY.hex}"), NO_KEY),
        (encoded(f"Worker:{{{KEY}}}"), NO_KEY),
        (encoded(f"Worker:urn:uuid:{KEY}"), NO_KEY),
        (encoded(f"worker:{KEY}"), NONE_OF_OURS),
        (encoded(f"Restriction:{KEY}"), NONE_OF_OURS),
        (encoded(f"Query:{KEY}"), NONE_OF_OURS),
        (encoded(f"Врач:{KEY}"), NONE_OF_OURS),
        (global_id("Worker", KEY) + "=", NONE_OF_OURS),
        (global_id("Worker", KEY) + "\n", NONE_OF_OURS),
        (" " + global_id("Worker", KEY), NONE_OF_OURS),
        (encoded("Organization:"), NO_OID),
        (encoded(f"Organization:{KEY}"), NO_OID),
        (encoded("Organization:1.2"), NO_OID),
        (encoded("Organization:1.2."), NO_OID),
        (encoded("Organization:1.2.3\n"), NO_OID),
    ],
)
def test_what_is_no_id_is_refused_with_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(BadId) as raised:
        parsed_id(text)

    assert str(raised.value) == message


def test_two_types_have_two_ids_under_one_key() -> None:
    assert len({global_id(noun, KEY) for noun in NOUNS}) == len(NOUNS)
