"""So many exports at once and no more, and of one caller half of them."""

import pytest

from gateway.errors import ErrorCode
from gateway.export.places import Places
from gateway.faults import RequestError


def test_one_caller_has_half_of_them_and_all_together_no_more_than_there_are() -> None:
    places = Places(4)
    with places.one("a"), places.one("a"):
        with pytest.raises(RequestError) as refused, places.one("a"):
            pass
        assert refused.value.code is ErrorCode.EXPORTS_EXCEEDED
        assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "30")
        with places.one("b"), places.one("c"):
            assert places.taken == 4
            with pytest.raises(RequestError), places.one("d"):
                pass
        assert places.taken == 2
    assert places.taken == 0
    with places.one("d"):
        assert places.taken == 1


def test_a_place_is_free_again_when_its_export_fails() -> None:
    places = Places(1)
    with pytest.raises(ValueError, match="x"), places.one("a"):
        raise ValueError("x")
    assert places.taken == 0
