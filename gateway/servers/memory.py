"""How much memory our own PostgreSQL may take: a part of the machine's, or of what our container has."""

import os
from contextlib import suppress
from pathlib import Path

_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_MB = 1 << 20
_LEAST, _MOST = 256, 8_192


def machine_memory() -> int:
    """Bytes that this machine or container has."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for path in _LIMITS:
        with suppress(OSError, ValueError):
            found.append(int(path.read_text()))
    return min(found)


def shared_buffers(memory: int) -> int:
    """Megabytes that PostgreSQL keeps pages in: an eighth, for registries and Svod itself want the rest."""
    return max(_LEAST, min(_MOST, memory // 8 // _MB))


def effective_cache_size(memory: int) -> int:
    """Megabytes that the planner takes for cached, by PostgreSQL and the system together: half."""
    return max(_LEAST, memory // 2 // _MB)
