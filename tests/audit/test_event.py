"""An event's body: canonical, versioned, and read back as it was written."""

from datetime import UTC, datetime, timedelta, timezone

import orjson

from audit.event import Actor, Holding
from audit.event import event as told
from tests.audit.events import event


def test_a_body_is_the_same_for_equal_events_and_reads_back() -> None:
    assert event().body() == event().body()
    assert told(event().body()) == event()
    nobody = event(actor=Actor("public"), purpose=None, operation=None, released=(), refused=())
    assert told(nobody.body()).actor == Actor("public")


def test_a_body_is_json_with_its_keys_in_order_and_a_version() -> None:
    read = orjson.loads(event().body())
    assert list(read) == sorted(read)
    assert read["version"] == 1


def test_moments_are_kept_in_utc_and_as_long_as_each_other() -> None:
    moscow = timezone(timedelta(hours=3))
    early = event(at=datetime(2026, 9, 1, 12, 0, tzinfo=moscow))
    late = event(at=datetime(2026, 9, 1, 9, 0, 0, 1, tzinfo=UTC))
    assert orjson.loads(early.body())["at"] == "2026-09-01T09:00:00.000000Z"
    assert orjson.loads(late.body())["at"] == "2026-09-01T09:00:00.000001Z"


def test_no_regions_and_all_regions_are_told_apart() -> None:
    some = event(actor=Actor("a", (Holding("regulator", regions=()),)))
    whole = event(actor=Actor("a", (Holding("regulator", regions=None),)))
    assert told(some.body()) != told(whole.body())
