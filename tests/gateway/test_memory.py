"""How much memory our own PostgreSQL takes."""

from gateway.servers.memory import effective_cache_size, machine_memory, shared_buffers

GB = 1 << 30


def test_an_eighth_is_for_its_pages_within_bounds() -> None:
    assert shared_buffers(16 * GB) == 2048
    assert shared_buffers(1 * GB) == 256
    assert shared_buffers(1024 * GB) == 8192


def test_half_is_taken_for_cached() -> None:
    assert effective_cache_size(16 * GB) == 8192
    assert machine_memory() > 0
