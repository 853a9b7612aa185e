"""Continuing education (НМО, повышение квалификации), from the qualification registry."""

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
    keys=["id"], description="A course of continuing education. Source: the qualification registry."
)
class Training(Typed, Node):
    """A course of continuing education."""

    worker: Annotated["Worker", strawberry.lazy("schema.worker")] | None = public(
        "The worker. Source: the worker registry (ФРМР).", resolve.worker
    )
    title: str = public("Subject (тема).")
    provider: str = public("Who gives it (организация).")
    specialty: DictionaryEntry = public("Specialty (специальность).", resolve.specialty)
    hours: int | None = internal("Hours (часы).", "hours")
    credits: int | None = internal("Credits (баллы НМО).", "credits")
    planned_on: dt.date | None = public("Planned for.")
    completed_on: dt.date | None = public("Completed on; null while it is planned.")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")
