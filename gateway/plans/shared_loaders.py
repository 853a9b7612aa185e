"""One operation's loaders for both executors: what one has asked, the other does not ask again."""

from collections.abc import MutableMapping
from typing import Any

from engine.loading import Loader
from loaders.base import Asked
from loaders.declared import declared
from loaders.loaders import Loaders

DECLARED = declared(Loaders)


class SharedLoaders:
    """The engine's loaders of one operation, each made when first used by either executor."""

    __slots__ = ("__weakref__", "_made")

    def __init__(self) -> None:
        self._made: dict[str, Loader[Any, Any]] = {}

    def cache(self, name: str, asked: Asked[Any, Any], absent: Any) -> MutableMapping[Any, Any]:
        """What a data loader of that name keeps its futures in."""
        return self._loader(name, asked, absent).futures

    def loader(self, loaders: Loaders, name: str) -> Loader[Any, Any]:
        """The engine's loader of that name."""
        found = self._made.get(name)
        if found is not None:
            return found
        known = DECLARED[name]
        return self._loader(name, known.asked(loaders), known.absent)

    def _loader(self, name: str, asked: Asked[Any, Any], absent: Any) -> Loader[Any, Any]:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = Loader(asked, absent)
        return found
