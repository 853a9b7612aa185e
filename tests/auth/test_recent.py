"""The small memory of the gate."""

from functools import partial

from auth.recent import Recent


def test_what_was_used_least_recently_is_forgotten() -> None:
    memory: Recent[str, None] = Recent(2)
    made: list[str] = []

    for key in ("a", "b", "a", "c", "a", "b"):
        memory.get(key, partial(made.append, key))
    assert made == ["a", "b", "c", "b"]
    assert len(memory) == 2
