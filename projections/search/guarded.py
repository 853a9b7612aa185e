"""Whether rights decide what a search finds: then it must not be answered from old employments."""

from collections.abc import Iterator

from auth.rights import FieldClass
from projections.search.condition import AllOf, AnyOf, Condition, Fact, NotOf, Related, Search
from projections.search.facets import FACETS


def is_guarded(search: Search, facet: str | None = None) -> bool:
    """Whether it asks for facts, or counts values, that the caller sees of some people only."""
    seen = {field_class for field_class, sight in search.sights if sight.everyone} | {FieldClass.PUBLIC}
    asked = set(_classes(search.where))
    known = FACETS[search.root]
    if facet is not None and facet in known:
        asked.add(known[facet].field_class)
    return not asked <= seen


def _classes(condition: Condition) -> Iterator[FieldClass]:
    match condition:
        case NotOf(part):
            yield from _classes(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _classes(part)
        case Fact():
            yield condition.field_class
        case Related():
            yield condition.field_class
            yield from _classes(condition.where)
