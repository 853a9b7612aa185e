"""Registries in memory: each read answers from a map, and is noted; a registry can be away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sources.dictionary import Dictionaries
from sources.errors import TimedOut
from sources.registry import Registry
from sources.sources import Sources

DICTIONARIES = Dictionaries.load()


@dataclass(frozen=True, slots=True)
class Asked:
    """One read: which, for which keys, with what beside them."""

    read: str
    keys: list[Any]
    rest: tuple[Any, ...]
    options: Mapping[str, Any]


class FakeRegistry:
    """Answers every read that a source has, each from its map of keys; unknown keys are not in the answer."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.answers: dict[str, Mapping[Any, Any]] = {}
        self.asked: list[Asked] = []
        self.down = False

    def __getattr__(self, read: str) -> Callable[..., Any]:
        async def answer(keys: Any, *rest: Any, **options: Any) -> Any:
            self.asked.append(Asked(read, list(keys) if isinstance(keys, list) else [keys], rest, options))
            if self.down:
                raise TimedOut(self._registry)
            known = self.answers.get(read, {})
            return (
                {key: known[key] for key in keys if key in known} if isinstance(keys, list) else known[keys]
            )

        return answer


class FakeRegistries:
    """The four of them."""

    def __init__(self) -> None:
        self.workers = FakeRegistry(Registry.WORKERS)
        self.organizations = FakeRegistry(Registry.ORGANIZATIONS)
        self.licenses = FakeRegistry(Registry.LICENSES)
        self.qualifications = FakeRegistry(Registry.QUALIFICATIONS)

    @property
    def all(self) -> list[FakeRegistry]:
        """Each of them."""
        return [self.workers, self.organizations, self.licenses, self.qualifications]

    @property
    def sources(self) -> Sources:
        """The same as sources."""
        registries: dict[str, Any] = {
            "workers": self.workers,
            "organizations": self.organizations,
            "licenses": self.licenses,
            "qualifications": self.qualifications,
        }
        return Sources(**registries, dictionaries=DICTIONARIES)
