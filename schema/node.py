"""What every record with a global id has in common."""

from typing import Any

import strawberry
from graphql import GraphQLAbstractType, GraphQLResolveInfo

from resolvers.ids import record_id
from resolvers.link import computed
from schema.fields import public

ID = "Opaque, stable, the same for every caller; usable with `node`."


class Typed:
    """A GraphQL type whose values are registry records of the noun of the same name."""

    @classmethod
    def is_type_of(cls, value: Any, _info: GraphQLResolveInfo[Any]) -> bool:
        """Whether this record is of this type."""
        return getattr(value, "noun", None) == cls.__name__


@strawberry.interface(description="A record with a global id.")
class Node:
    """A record with a global id."""

    id: strawberry.ID = public(ID, computed(record_id, "id"))

    @classmethod
    def resolve_type(cls, value: Any, _info: GraphQLResolveInfo[Any], _type: GraphQLAbstractType) -> str:
        """The type of a record, by its noun."""
        return str(value.noun)
