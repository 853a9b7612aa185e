"""Findings (несоответствия): what is wrong in the registries, where it is to be corrected, and how."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from auth.rights import FieldClass
from projections.findings.asked import Asked, FindingGroup
from projections.findings.rules import FindingKind, Severity
from resolvers import finding as resolve
from resolvers.connection import DEFAULT_FIRST
from resolvers.context import Context, Info
from resolvers.link import column, lookup
from schema.connections import Connection
from schema.directives import OPEN, about, weighs
from schema.fields import asked, carried, public, restricted
from schema.node import Node
from schema.registry import Freshness
from sources.keys import Oid
from sources.registry import Registry

if TYPE_CHECKING:
    from schema.credential import Credential
    from schema.license import License
    from schema.organization import Organization
    from schema.worker import Worker

PUBLIC, QUALITY, RESTRICTED = FieldClass.PUBLIC, FieldClass.QUALITY, FieldClass.RESTRICTED

strawberry.enum(
    FindingKind, name="FindingKind", description="What sort of fault a finding is.", directives=OPEN
)
strawberry.enum(
    Severity, name="FindingSeverity", description="How bad a finding is, the worst first.", directives=OPEN
)
strawberry.enum(
    FindingGroup, name="FindingGroup", description="By what findings can be counted.", directives=OPEN
)
strawberry.enum(
    resolve.Language, name="Language", description="In which language a text is given.", directives=OPEN
)


@strawberry.input(description="Which findings. What stands in it holds together; null is as if not given.")
class FindingWhere:
    """Which findings."""

    kinds: list[FindingKind] | None = asked(PUBLIC, "Of one of these kinds.")
    severities: list[Severity] | None = asked(PUBLIC, "Of one of these severities.")
    registries: list[Registry] | None = asked(PUBLIC, "That one of these registries has to correct.")
    organizations: list[Oid] | None = asked(
        PUBLIC,
        "About one of these organizations or its branches, a licence of theirs, or a person whom they employ"
        " now.",
    )
    regions: list[str] | None = asked(
        PUBLIC, "Of these regions: of the worker's record, of the organization, of the licence."
    )
    worker: strawberry.ID | None = asked(RESTRICTED, "About this worker, by his global id.")

    def asked(self) -> Asked:
        """The same as it is understood."""
        return Asked(
            kinds=_fixed(self.kinds),
            severities=_fixed(self.severities),
            registries=_fixed(self.registries),
            organizations=_fixed(self.organizations),
            regions=_fixed(self.regions),
            worker=resolve.worker_key(self.worker),
        )


def _fixed(values: list[Any] | None) -> tuple[Any, ...] | None:
    """The values in one order, so that the same filter has the same cursors."""
    return None if values is None else tuple(sorted(set(values)))


@strawberry.type(
    description="What one record says that is at odds. Of a double the other record may be of somebody whom"
    " the caller may not hear of: then it is withheld."
)
class FindingEvidence:
    """What one record says that is at odds."""

    registry: Registry = carried(RESTRICTED, "In which registry.")
    field: str = carried(RESTRICTED, "In which field of its type.")
    record: strawberry.ID | None = restricted(
        "Global id of the record: pass it to `node`.", resolve.evidence_record
    )
    value: str | None = restricted(
        "What it says; null where it says nothing, or something personal.", resolve.evidence_value
    )


@strawberry.type(
    description="Something that is wrong in the registries: a record that is at odds with itself, with a code"
    " list or with another registry. It keeps its id as long as it stands."
)
class Finding:
    """Something that is wrong in the registries."""

    id: strawberry.ID = carried(
        QUALITY, "Opaque, stable; it tells nothing of the record.", resolve.finding_id
    )
    kind: FindingKind = carried(QUALITY, "Which sort of fault.", resolve.kind)
    severity: Severity = carried(QUALITY, "How bad it is.", resolve.severity)
    rule: str = carried(QUALITY, "By which rule it was found: see the documentation.", resolve.rule)
    registry: Registry = carried(QUALITY, "Which registry has to correct it.", resolve.registry)
    remedy: str = carried(QUALITY, "What is to be done.", resolve.remedy, arguments={"language": PUBLIC})
    found_at: dt.datetime = carried(QUALITY, "Since when it is known here, UTC.", column("found_at"))
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = carried(
        QUALITY,
        "The organization that it concerns: of a person the employer, of a licence the holder. Null where it"
        " rests on what is not for everyone and the caller may not hear whom it is about.",
        resolve.organization,
    )
    license: Annotated["License", strawberry.lazy("schema.license")] | None = carried(
        QUALITY, "The licence, where it is about one.", resolve.license_
    )
    worker: Annotated["Worker", strawberry.lazy("schema.worker")] | None = restricted(
        "The worker, where it is about a person whom the worker registry has.", resolve.worker
    )
    credential: Annotated["Credential", strawberry.lazy("schema.credential")] | None = restricted(
        "The certificate or accreditation, where it is about one.", resolve.credential
    )
    subject: Node | None = restricted("The record that it is about.", resolve.subject)
    since: dt.date | None = restricted(
        "From which day on it has been so, as far as the records tell.", resolve.since
    )
    evidence: list[FindingEvidence] | None = restricted(
        "What the records say that is at odds.", resolve.evidence, directives=[about(3)]
    )


@strawberry.type(description="How many findings have a value of what they are counted by.")
class FindingCount:
    """How many findings have a value of what they are counted by."""

    value: str | None = carried(QUALITY, "The value: a kind, a registry, an OID, a code; null: none is told.")
    count: int = carried(QUALITY, "How many findings have it.")
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = carried(
        QUALITY, "The organization, where the value is an OID.", resolve.counted_organization
    )


@strawberry.type(description="A page of findings, and the count of all of them.")
class FindingConnection(Connection[Finding]):
    """A page of findings, and the count of all of them."""

    counts: list[FindingCount] | None = public(
        "How many findings there are of each, the most frequent first. `top`: so many values, 20 unless"
        " asked, 1,000 at most.",
        resolve.counts,
        arguments={"by": PUBLIC, "top": PUBLIC},
        directives=[about(20), weighs(10)],
    )
    freshness: list[Freshness] | None = public(
        "Up to which moment each registry is taken into account.", resolve.freshness, directives=[about(4)]
    )


@strawberry.type(description="Findings that came and went.")
class FindingsChange:
    """Findings that came and went."""

    opened: list[Finding] = carried(
        QUALITY,
        "What was opened and is open still, the worst first; 100 at most.",
        resolve.opened,
        directives=[about(20)],
    )
    opened_count: int = carried(QUALITY, "How many were opened.", resolve.opened_count)
    closed: int = carried(QUALITY, "How many were closed.", resolve.closed_count)
    as_of: dt.datetime = carried(QUALITY, "The moment up to which this tells, UTC.", column("at"))


def _findings(
    _root: Any,
    context: Context,
    where: FindingWhere | None = None,
    first: int = DEFAULT_FIRST,
    after: str | None = None,
) -> Any:
    return resolve.findings(context, (where or FindingWhere()).asked(), first, after)


def findings_changed(root: Any, info: Info, where: FindingWhere | None = None) -> AsyncIterator[Any]:  # noqa: ARG001
    """The changes that a listener asks for."""
    return resolve.findings_changed(info, (where or FindingWhere()).asked())


findings = lookup(_findings)
