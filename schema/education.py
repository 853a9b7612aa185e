"""An education document (документ об образовании), from the qualification registry."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import qualification as resolve
from resolvers.link import column
from schema.dictionary import DictionaryEntry
from schema.fields import internal, public
from schema.node import Node, Typed

if TYPE_CHECKING:
    from schema.worker import Worker


@strawberry.federation.type(
    keys=["id"], description="An education document of a worker. Source: the qualification registry."
)
class Education(Typed, Node):
    """An education document of a worker."""

    worker: Annotated["Worker", strawberry.lazy("schema.worker")] | None = public(
        "The worker. Source: the worker registry (ФРМР).", resolve.worker
    )
    kind: DictionaryEntry = public("Kind of education (вид образования).", resolve.education_kind)
    institution: str = public("Where (учреждение).")
    specialty: DictionaryEntry = public("Specialty (специальность).", resolve.specialty)
    qualification: str | None = public("Qualification given (квалификация).")
    started_year: int | None = public("Year of the beginning.")
    finished_year: int | None = public("Year of the end.")
    foreign: bool = public("Whether it was got abroad.", column("is_foreign"))
    document_series: str | None = internal("Series of the document.", "document_series")
    document_number: str | None = internal("Number of the document.", "document_number")
    issued_on: dt.date = public("Day of issue.")
    verified: bool = public("Whether the document was verified (подтверждено).")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")
