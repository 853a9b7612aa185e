"""The right to practise (право практики), worked out of all four registries."""

import datetime as dt

import strawberry

from projections.eligibility import EligibilityReason
from resolvers.link import column
from resolvers.worker import eligibility_specialties
from schema.dictionary import DictionaryEntry
from schema.directives import OPEN, about
from schema.fields import public, restricted

strawberry.enum(
    EligibilityReason,
    name="EligibilityReason",
    description="Why a person may not practise on a day.",
    directives=OPEN,
)


@strawberry.type(description="Whether a person may practise on a day, and why not.")
class Eligibility:
    """Whether a person may practise on a day, and why not."""

    on: dt.date = public("The day that the answer holds for.")
    allowed: bool = public("Whether the person may practise on that day.")
    specialties: list[DictionaryEntry] = public(
        "In which specialties: certified on that day, and covered by a licence of an employer or his own.",
        eligibility_specialties,
        directives=[about(3)],
    )
    reasons: list[EligibilityReason] | None = restricted(
        "Every reason against; empty when allowed.", column("reasons"), directives=[about(3)]
    )
