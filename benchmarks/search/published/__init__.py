"""The published searches: each a name, a document in queries/, and variables with places for drawn values."""

from collections.abc import Sequence

from benchmarks.search.published.counting import COUNTING
from benchmarks.search.published.guarded import GUARDED
from benchmarks.search.published.others import OTHERS
from benchmarks.search.published.searching import Search
from benchmarks.search.published.sorted import SORTED
from benchmarks.search.published.texts import TEXTS
from benchmarks.search.published.workers import WORKERS

PUBLISHED: Sequence[Search] = (*WORKERS, *SORTED, *TEXTS, *COUNTING, *OTHERS, *GUARDED)
