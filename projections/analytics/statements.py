"""An aggregate as statements over the projection, each of which gives some measures of every group."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from projections.analytics.credentials import Credentials, Expiring
from projections.analytics.crowd import marked
from projections.analytics.people import RATES, People
from projections.analytics.posts import Posts
from projections.analytics.question import CREDENTIALS, POSTS, STATUSES, Dimension, Measure, Question, touches
from projections.analytics.question import OF_CREDENTIAL as CREDENTIAL_DIMENSIONS
from projections.analytics.rows import Part

M = Measure

NEEDED: Final[Mapping[Measure, tuple[str, ...]]] = {
    M.WORKERS: ("workers",),
    M.RATES: (RATES,),
    M.CATEGORY_SHARE: ("workers", "with_category"),
    M.MEAN_AGE_BAND: ("workers", "days"),
    M.CREDENTIALS: ("active", "renewing", "expired", "revoked"),
    **{measure: (status.lower(),) for measure, status in STATUSES.items()},
}
"""The sums that a measure is made of."""


def of_people(question: Question) -> list[str]:
    """The sums over people, and over their employments, that the measures are made of."""
    found = {name for measure in question.measures for name in _sums(measure, question)}
    return sorted(found | {"workers"}) if found else []


def of_held(question: Question) -> list[Measure]:
    """The measures that look at each credential, and not at each person's number of them."""
    return sorted(each for each in {*question.measures} - {M.EXPIRING} if _of_credentials(each, question))


def compared(question: Question, day: dt.date) -> list[Part]:
    """The statements of what only comparing people tells: they do not add up."""
    found = [Expiring(question, day).part([M.EXPIRING])] if M.EXPIRING in question.measures else []
    if marked(question):
        return found
    if own := of_people(question):
        found.append(People(question, day).part(own))
    if held := of_held(question):
        found.append(Credentials(question, day).part(held))
    return found


def posts(question: Question, day: dt.date) -> list[Part]:
    """The statement of posts, if they are asked for."""
    return [Posts(question, day).part()] if set(question.measures) & POSTS else []


def _sums(measure: Measure, question: Question) -> tuple[str, ...]:
    return () if _of_credentials(measure, question) or measure in POSTS else NEEDED[measure]


def _of_credentials(measure: Measure, question: Question) -> bool:
    """Whether a measure has to look at each credential, and not at each person's number of them."""
    if measure is M.EXPIRING:
        return True
    return measure in CREDENTIALS and touches(
        question.dimensions, CREDENTIAL_DIMENSIONS | {Dimension.SPECIALTY}
    )
