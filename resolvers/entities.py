"""Federation's second door: each representation on its own, a bad one with a clean error."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from resolvers.context import Context
from resolvers.errors import BadArgument, BadId
from resolvers.link import Ask, lookup
from resolvers.roots import BY_ID, node
from sources.keys import InvalidKey, license_number, oid, registry_number

KEYS: Mapping[str, tuple[str, str, Callable[[str], Any]]] = {
    "Worker": ("registryNumber", "worker_by_registry_number", registry_number),
    "Organization": ("oid", "organization_by_oid", oid),
    "License": ("number", "license_by_number", license_number),
    "Credential": ("number", "credential_by_number", str),
}
"""A type's natural key: its field, its loader, and what checks it. Every type has `id` beside it."""


def _entities(_root: None, _context: Context, representations: Sequence[Any]) -> list[Ask | BadArgument]:
    """Where what each representation stands for is asked, in order, or the error in its place."""
    return [_entity(position, each) for position, each in enumerate(representations)]


def _entity(position: int, representation: Any) -> Ask | BadArgument:
    try:
        return _asked(representation)
    except BadId as error:
        return BadId(f"representation {position}: {error}")
    except (BadArgument, InvalidKey) as error:
        return BadArgument(f"representation {position}: {error}")


def _asked(representation: Any) -> Ask:
    if not isinstance(representation, Mapping):
        raise BadArgument("an object is expected")
    name = representation.get("__typename")
    if not isinstance(name, str) or name not in BY_ID:
        raise BadArgument("`__typename` names no entity of this subgraph")
    field, loader, parse = KEYS.get(name, ("id", "", str))
    key = representation.get(field)
    if field != "id" and key is not None:
        return Ask(loader, parse(_text(field, key)))
    if representation.get("id") is not None:
        return node(_text("id", representation["id"]), wanted=name)
    wanted = "`id`" if field == "id" else f"`{field}` or `id`"
    raise BadArgument(f"{name} is found by {wanted}, which is missing")


def _text(field: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadArgument(f"`{field}` should be a string")
    return value


entities = lookup(_entities)
