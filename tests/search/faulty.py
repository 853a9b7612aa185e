"""Readers of searches with something wrong, between the gateway and its projection: faults planted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from projections.search.condition import (
    AllOf,
    AnyOf,
    Condition,
    Fact,
    NotOf,
    Quantifier,
    Related,
    Search,
    Within,
)
from projections.search.reader import Bucket, Hit, Position, SearchReader


@dataclass(frozen=True)
class Faulty:
    """A reader that asks and answers as another one does. What it gets wrong, a subclass says."""

    then: SearchReader

    async def page(
        self, search: Search, *, after: Position | None, before: Position | None, limit: int, backwards: bool
    ) -> Sequence[Hit]:
        window: Mapping[str, Any] = {"after": after, "before": before, "limit": limit, "backwards": backwards}
        return await self.then.page(self.asked(search), **self.window(window))

    async def count(self, search: Search) -> int:
        return await self.then.count(self.counted(self.asked(search)))

    async def facet(self, search: Search, by: str, top: int) -> Sequence[Bucket]:
        return self.buckets(await self.then.facet(self.counted(self.asked(search)), by, top))

    async def freshness(self) -> Any:
        return await self.then.freshness()

    def asked(self, search: Search) -> Search:
        """What is asked instead."""
        return search

    def counted(self, search: Search) -> Search:
        """What is counted instead."""
        return search

    def window(self, window: Mapping[str, Any]) -> Mapping[str, Any]:
        """Which page is asked instead."""
        return window

    def buckets(self, found: Sequence[Bucket]) -> Sequence[Bucket]:
        """What is counted instead."""
        return found


def everywhere(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """A condition with something changed in all its parts."""
    match condition:
        case AllOf(parts):
            return change(AllOf(tuple(everywhere(each, change) for each in parts)))
        case AnyOf(parts):
            return change(AnyOf(tuple(everywhere(each, change) for each in parts)))
        case NotOf(part):
            return change(NotOf(everywhere(part, change)))
        case Related():
            return change(replace(condition, where=everywhere(condition.where, change)))
    return change(condition)


class EveryIsSome(Faulty):
    """`every` taken for `some`."""

    def asked(self, search: Search) -> Search:
        return replace(search, where=everywhere(search.where, _every_is_some))


def _every_is_some(condition: Condition) -> Condition:
    if isinstance(condition, Related) and condition.quantifier is Quantifier.EVERY:
        return replace(condition, quantifier=Quantifier.SOME)
    return condition


class NotForgotten(Faulty):
    """`not` is not heard."""

    def asked(self, search: Search) -> Search:
        return replace(search, where=everywhere(search.where, _unnegated))


def _unnegated(condition: Condition) -> Condition:
    return condition.part if isinstance(condition, NotOf) else condition


class OpenEnd(Faulty):
    """Of a range only the beginning counts."""

    def asked(self, search: Search) -> Search:
        return replace(search, where=everywhere(search.where, _endless))


def _endless(condition: Condition) -> Condition:
    if isinstance(condition, Fact) and isinstance(condition.test, Within) and condition.test.low is not None:
        return replace(condition, test=Within(condition.test.low, None))
    return condition


class Tomorrow(Faulty):
    """What holds is asked of the next day."""

    def asked(self, search: Search) -> Search:
        return replace(search, day=search.day + timedelta(1))


class LastOrderLost(Faulty):
    """The last of several orders is lost."""

    def asked(self, search: Search) -> Search:
        return replace(search, orders=search.orders[:-1] if len(search.orders) > 1 else search.orders)


class NullsTurned(Faulty):
    """Descending orders turn nulls about."""

    def asked(self, search: Search) -> Search:
        turned = (replace(each, nulls_first=each.nulls_first ^ each.descending) for each in search.orders)
        return replace(search, orders=tuple(turned))


class CountWithoutText(Faulty):
    """What is counted is the filter without the text."""

    def counted(self, search: Search) -> Search:
        return replace(search, text=None)


class FacetWithoutNull(Faulty):
    """Hits without a value are in no bucket."""

    def buckets(self, found: Sequence[Bucket]) -> Sequence[Bucket]:
        return [each for each in found if each.value is not None]


class PageBegunAnew(Faulty):
    """A page after a cursor begins anew."""

    def window(self, window: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**window, "after": None}


class CursorWithoutKey(Faulty):
    """A cursor tells the place in the order and forgets the record: those that are equal are skipped."""

    def window(self, window: Mapping[str, Any]) -> Mapping[str, Any]:
        after = window["after"]
        return {**window, "after": after and (*after[:-1], "\uffff")}


class OneTooFew(Faulty):
    """It is not looked whether one more follows."""

    def window(self, window: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**window, "limit": max(1, window["limit"] - 1)}


class BackwardsFromTheStart(Faulty):
    """The last page shows the first ones."""

    def window(self, window: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**window, "backwards": False}


FAULTS: Final[tuple[type[Faulty], ...]] = (
    EveryIsSome,
    NotForgotten,
    OpenEnd,
    Tomorrow,
    LastOrderLost,
    NullsTurned,
    CountWithoutText,
    FacetWithoutNull,
    PageBegunAnew,
    CursorWithoutKey,
    OneTooFew,
    BackwardsFromTheStart,
)
"""All of them."""
