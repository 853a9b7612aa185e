"""A certificate or an accreditation, from the qualification registry."""

import datetime as dt
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import qualification as resolve
from schema.dictionary import DictionaryEntry
from schema.directives import OPEN
from schema.fields import internal, public
from schema.node import Node, Typed

if TYPE_CHECKING:
    from schema.worker import Worker


@strawberry.enum(description="Kind of credential.", directives=OPEN)
class CredentialKind(Enum):
    """Kind of credential."""

    CERTIFICATE = strawberry.enum_value(
        "CERTIFICATE", description="A specialist's certificate of the former regime (сертификат специалиста)."
    )
    PRIMARY = strawberry.enum_value("PRIMARY", description="Primary accreditation (первичная).")
    PRIMARY_SPECIALIZED = strawberry.enum_value(
        "PRIMARY_SPECIALIZED", description="Primary specialised accreditation (первичная специализированная)."
    )
    PERIODIC = strawberry.enum_value("PERIODIC", description="Periodic accreditation (периодическая).")


@strawberry.enum(
    description="Status of a credential, as its registry has it; see `validUntil` too.", directives=OPEN
)
class CredentialStatus(StrEnum):
    """Status of a credential."""

    ACTIVE = "ACTIVE"
    EXPIRED = "EXPIRED"
    RENEWING = "RENEWING"
    REVOKED = "REVOKED"


@strawberry.federation.type(
    keys=["number", "id"],
    description="A specialist's certificate or an accreditation. Source: the qualification registry.",
)
class Credential(Typed, Node):
    """A specialist's certificate or an accreditation."""

    worker: Annotated["Worker", strawberry.lazy("schema.worker")] | None = public(
        "The worker. Source: the worker registry (ФРМР).", resolve.worker
    )
    kind: CredentialKind = public("Kind.")
    specialty: DictionaryEntry = public("Specialty (специальность).", resolve.specialty)
    position: DictionaryEntry | None = public("Position, where the credential names one.", resolve.position)
    number: str = public("Number.")
    protocol_number: str | None = internal("Number of the commission's protocol.", "protocol_number")
    issued_by: str = public("Who issued it.")
    issued_on: dt.date = public("Day of issue.")
    valid_until: dt.date = public("Last day.")
    status: CredentialStatus = public("Status, as the registry has it.")
    confirmation_url: str | None = public("Link to the official confirmation.")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")
