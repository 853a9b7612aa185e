"""Sources whose rows hold the asked columns and no others, not even the key's, and tell which were read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gateway.columns import RECORDS, TABLES
from sources.rows import Columns, shape
from sources.sources import Sources

KEYS_KEPT: Mapping[str, Columns] = {
    # The loader of an organization's licences hands them out by these.
    "licenses_by_holder": ("organization_oid", "holder_inn", "holder_ogrn"),
    "organizations_by_holder": ("oid", "inn", "ogrn"),
    # The next page begins after these.
    "workers_page": ("registry_number",),
    "organizations_page": ("oid",),
    "licenses_page": ("number",),
}
"""Key columns that more than the reading of rows depends on, so that a source gives them always."""


class Reads:
    """Which columns were read of which noun."""

    def __init__(self) -> None:
        self.of: dict[str, set[str]] = {}
        self._types: dict[tuple[str, Columns], type[Any]] = {}

    def row(self, whole: Any, columns: Columns) -> Any:
        """The same row with these columns only."""
        noun = whole.noun
        made = self._types.get((noun, columns))
        if made is None:
            made = self._types[noun, columns] = self._noting(noun, shape(RECORDS[noun], columns))
        fields = [name for name in TABLES[noun] if name in columns]
        return tuple.__new__(made, [getattr(whole, name) for name in fields])

    def _noting(self, noun: str, base: type[Any]) -> type[Any]:
        read = self.of.setdefault(noun, set())

        def noted(row: Any, name: str) -> Any:
            if name in TABLES[noun]:
                read.add(name)
            return tuple.__getattribute__(row, name)

        return type(base.__name__, (base,), {"__slots__": (), "__getattribute__": noted})

    def clear(self) -> None:
        """Forget what was read so far."""
        for read in self.of.values():
            read.clear()


class Strict:
    """A source that gives rows with the asked columns only."""

    def __init__(self, source: object, reads: Reads) -> None:
        self._source, self._reads = source, reads

    def __getattr__(self, name: str) -> Callable[..., Any]:
        asked = getattr(self._source, name)

        async def stripped(*arguments: Any, **options: Any) -> Any:
            answer = await asked(*arguments, **options)
            columns = next((each for each in reversed(arguments) if _are_columns(each)), None)
            if columns is None:
                return answer
            return self._stripped(answer, columns + KEYS_KEPT.get(name, ()))

        return stripped

    def _stripped(self, answer: Any, columns: Columns) -> Any:
        if isinstance(answer, Mapping):
            return {key: self._stripped(value, columns) for key, value in answer.items()}
        if hasattr(answer, "noun"):
            return self._reads.row(answer, columns)
        assert isinstance(answer, Iterable)
        return [self._stripped(each, columns) for each in answer]


def strict(sources: Sources, reads: Reads) -> Sources:
    """The same sources, strictly."""

    def made(source: object) -> Any:
        return Strict(source, reads)

    return Sources(
        made(sources.workers),
        made(sources.organizations),
        made(sources.licenses),
        made(sources.qualifications),
        sources.dictionaries,
    )


def _are_columns(value: object) -> bool:
    return type(value) is tuple and all(type(each) is str and each.isidentifier() for each in value)
