"""The bounded memory of plans."""

from engine.cache import Cache


def test_the_least_recently_used_leaves_first() -> None:
    cache: Cache[str, int] = Cache(10)
    cache.put("a", 1, 4)
    cache.put("b", 2, 4)
    assert cache.get("a") == 1
    cache.put("c", 3, 4)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)
    assert cache.size == 8


def test_a_value_over_the_bound_is_not_kept_and_pushes_nothing_out() -> None:
    cache: Cache[str, int] = Cache(10)
    cache.put("a", 1, 4)
    cache.put("b", 2, 11)
    assert (cache.get("a"), cache.get("b"), len(cache)) == (1, None, 1)


def test_a_value_put_again_counts_once() -> None:
    cache: Cache[str, int] = Cache(10)
    for _ in range(5):
        cache.put("a", 1, 4)
    assert cache.size == 4
