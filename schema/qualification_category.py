"""A qualification category (квалификационная категория), from the qualification registry."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import qualification as resolve
from schema.dictionary import DictionaryEntry
from schema.fields import internal, public
from schema.node import Node, Typed

if TYPE_CHECKING:
    from schema.worker import Worker


@strawberry.federation.type(
    keys=["id"],
    description="A qualification category: second, first or highest. Source: the qualification registry.",
)
class QualificationCategory(Typed, Node):
    """A qualification category."""

    worker: Annotated["Worker", strawberry.lazy("schema.worker")] | None = public(
        "The worker. Source: the worker registry (ФРМР).", resolve.worker
    )
    category: DictionaryEntry = public("The category.", resolve.category)
    specialty: DictionaryEntry = public("Specialty (специальность).", resolve.specialty)
    assigned_on: dt.date = public("Day of assignment.")
    valid_until: dt.date = public("Last day.")
    order_number: str | None = internal("Number of the order.", "order_number")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")
