"""What a resolver is handed, made of the parts that the test is about."""

from types import SimpleNamespace
from typing import Any, cast

from auth.lines import AccessLines
from resolvers.context import Info
from resolvers.dangling import Dangling
from resolvers.reach import Reach
from resolvers.released import Released


def info(type_name: str, field: str, path: list[str | int] | None = None, **context: Any) -> Info:
    """The info of a field; `context` holds what its resolver uses."""
    raw = SimpleNamespace(
        parent_type=SimpleNamespace(name=type_name),
        field_name=field,
        path=SimpleNamespace(as_list=lambda: path or [field]),
    )
    parts: dict[str, Any] = {
        "access": AccessLines(),
        "dangling": Dangling(),
        "released": Released(),
        "reach": Reach(),
        **context,
    }
    return cast("Info", SimpleNamespace(_raw_info=raw, context=SimpleNamespace(**parts)))
